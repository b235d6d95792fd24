/** JSON and errors in Fortnox' spelling. */

/** JSON as PHP writes it: `\/` for slashes and `\u00e4` for everything outside ASCII. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The messages that go with the codes this sandbox answers with. */
const messages: Record<number, string> = {
  1000003: 'System exception.',
  1000030: 'Invalid response type',
  2000423: 'Kan inte hitta kontot.',
  2000428: 'Kan inte hitta artikeln.',
  2000429: 'Kan inte hitta betalningsvillkoret.',
  2000432: 'Kan inte hitta enheten.',
  2000433: 'Kan inte hitta kunden.',
  2000434: 'Kan inte hitta fakturan.',
  2000439: 'Kan inte hitta ordern.',
  2000587: 'Ett ogiltigt filter har använts.',
  2000588: 'Ogiltig parameter i anropet.',
  2000663: 'Har inte behörighet för scope',
  2000729: 'A valid identifier was not provided',
  2001101: 'Det finns ingen aktiv licens för önskat scope.',
  2001103: 'Api-licens saknas.',
  2001161: 'Kan inte hitta projektet.',
}

/** The usual error: lower-case keys. */
export function errorBody(code: number, message = messages[code] ?? 'Okänt fel.'): string {
  return phpJson({ ErrorInformation: { error: 1, message, code } })
}

/** A 404's error: capitalised keys. */
export function missingBody(code: number, message = messages[code] ?? 'Kan inte hitta objektet.'): string {
  return phpJson({ ErrorInformation: { Error: 1, Message: message, Code: code } })
}
