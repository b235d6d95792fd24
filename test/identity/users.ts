export interface User {
  login: string
  password: string
  name: string
  email: string
  firm: { id: string; name: string }
}

const norra = { id: 'norra-revision', name: 'Norra Revision AB' }
const soder = { id: 'soder-redovisning', name: 'Söder Redovisning KB' }

/** Made-up members of two firms. The passwords guard nothing: the provider serves this machine alone. */
export const users: readonly User[] = [
  { login: 'anna', password: 'anna', name: 'Anna Lind', email: 'anna@norra.example', firm: norra },
  { login: 'bertil', password: 'bertil', name: 'Bertil Ek', email: 'bertil@norra.example', firm: norra },
  {
    login: 'cecilia',
    password: 'cecilia',
    name: 'Cecilia Wall',
    email: 'cecilia@soder.example',
    firm: soder,
  },
]
