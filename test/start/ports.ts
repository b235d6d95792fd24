import { createServer } from 'node:net'
import { addresses } from '../stack/stack.ts'

const names: Record<keyof typeof addresses, string> = {
  sandbox: 'the Fortnox sandbox',
  edge: 'the edge',
  identity: 'sign-in',
  analysis: 'the analysis program',
}

/** Why the fixed addresses cannot be used, a sentence each; empty when they all can. */
export async function addressProblems(): Promise<string[]> {
  const problems: string[] = []
  for (const name of Object.keys(addresses) as (keyof typeof addresses)[]) {
    const { host, port } = addresses[name]
    const code = await listenProblem(host, port)
    if (code === null) continue
    const place = `${host}:${port} (${names[name]})`
    if (code === 'EADDRINUSE') {
      problems.push(`${place} is taken: another npm start may be running, or another program uses the port.`)
    } else if (code === 'EADDRNOTAVAIL') {
      // macOS has 127.0.0.1 alone until told otherwise; Linux and Windows have all of 127.0.0.0/8.
      problems.push(`${place} is no address of this machine. On macOS: sudo ifconfig lo0 alias ${host}`)
    } else problems.push(`${place} cannot be used: ${code}.`)
  }
  return problems
}

/** The error's code when `host:port` cannot be listened on, or null. */
export async function listenProblem(host: string, port: number): Promise<string | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}
