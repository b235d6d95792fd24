import { parseArgs } from 'node:util'
import { identityClient, startIdentity } from './identity.ts'

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.3' },
    port: { type: 'string', default: '4030' },
    redirect: { type: 'string', multiple: true, default: ['http://127.0.0.2:4020/session/callback'] },
  },
})
const identity = await startIdentity({
  host: values.host,
  port: Number(values.port),
  redirectUris: values.redirect,
})
console.log(`OpenID provider ${identity.url}`)
console.log(`client ${identityClient.id}, secret ${identityClient.secret}`)
for (const { login, name, firm } of identity.users) console.log(`${login} / ${login}  ${name}, ${firm.name}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => identity.close().then(() => process.exit(0)))
