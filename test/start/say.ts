import { relative } from 'node:path'
import { root } from '../stack/processes.ts'
import type { Stack } from '../stack/stack.ts'

/**
 * What stands where, who can sign in, and what to do first.
 *
 * @param devtools where headless Chromium answers; null when its window is seen
 * @param picture file of what headless Chromium shows
 */
export function introduction(stack: Stack, devtools: string | null, picture: string | null): string {
  const { sandbox } = stack.sandbox
  const company = sandbox.companies[0]!
  const administrator = sandbox.users.find(({ companies }) =>
    companies.some(({ tenant, admin }) => admin && tenant === company.tenant),
  )
  return `
  analysis program   ${stack.analysis!.url}/las-in-data
  edge               ${stack.edge.url}
  Fortnox sandbox    ${stack.sandbox.url}
  sign-in            ${stack.identity.url}
  extension          ${relative(root, stack.extension!)}

Sign in to Underlag (the extension's button, "Logga in"; the password is the user name)
${stack.identity.users.map(({ login, name, firm }) => `  ${login.padEnd(12)} ${name}, ${firm.name}`).join('\n')}

Approve at Fortnox (the consent link; the password is "fortnox")
${sandbox.users.map(({ login, shows }) => `  ${login.padEnd(12)} ${shows}${login === administrator?.login ? `  ← for ${company.name}` : ''}`).join('\n')}

Companies
${sandbox.companies.map(({ name, organisationNumber, shows }) => `  ${organisationNumber}  ${name}: ${shows}`).join('\n')}

First: sign in, then on "Läs in data" confirm ${company.name}, "Aktivera", open the link yourself, approve, sync.
${look(devtools, picture)}
Everything is thrown away at the end. Ctrl-C ends it.`
}

function look(devtools: string | null, picture: string | null): string {
  if (devtools === null) return 'Chromium is open.'
  return `There is no display, so Chromium runs headless. What it shows: ${relative(root, picture!)}
To use it: chrome://inspect in another Chromium, with ${new URL(devtools).host} as target (ssh -L from elsewhere);
or load the extension's folder above into a Chromium of your own, on this machine. All steps at once: npm run tour.`
}
