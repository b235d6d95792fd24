import type { SieYear } from './sie.ts'

/** One fiscal year of the client; `data` once a file is read in. */
export interface Year {
  from: string
  to: string
  file: string | null
  readAt: number | null
  data: SieYear | null
}

export interface Client {
  id: string
  name: string
  organisationNumber: string
  years: Year[]
}

interface State {
  clients: Client[]
  current: string | null
  year: string | null
}

const database = new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open('revisionsrummet', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('state')
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

let state: State = { clients: [], current: null, year: null }

export async function load(): Promise<void> {
  const store = (await database).transaction('state').objectStore('state')
  const kept = await new Promise<State | undefined>((resolve, reject) => {
    const request = store.get('all')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  if (kept) state = kept
}

async function save(): Promise<void> {
  const transaction = (await database).transaction('state', 'readwrite')
  transaction.objectStore('state').put(state, 'all')
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onerror = () => reject(transaction.error)
  })
  dispatchEvent(new Event('store'))
}

export function clients(): Client[] {
  return state.clients
}

export function client(): Client | null {
  return state.clients.find(({ id }) => id === state.current) ?? null
}

/** The chosen year, else the latest that has data. */
export function year(): Year | null {
  const years = client()?.years ?? []
  return years.find(({ from }) => from === state.year) ?? years.find(({ data }) => data) ?? years[0] ?? null
}

export async function chooseClient(id: string): Promise<void> {
  state.current = id
  state.year = null
  await save()
}

export async function chooseYear(from: string): Promise<void> {
  state.year = from
  await save()
}

export async function saveClient(name: string, organisationNumber: string): Promise<void> {
  const current = client()
  if (current && (current.organisationNumber === organisationNumber || !current.organisationNumber)) {
    Object.assign(current, { name, organisationNumber })
  } else {
    const known = state.clients.find((other) => other.organisationNumber === organisationNumber)
    if (known) known.name = name
    else state.clients.push({ id: crypto.randomUUID(), name, organisationNumber, years: [] })
    state.current = (known ?? state.clients.at(-1)!).id
    state.year = null
  }
  await save()
}

export async function addYear(from: string, to: string): Promise<void> {
  const current = client()
  if (!current || current.years.some((other) => other.from <= to && from <= other.to)) return
  current.years.push({ from, to, file: null, readAt: null, data: null })
  sortYears(current)
  await save()
}

/** Takes a read file into the client it belongs to. @returns what was done, for the user. */
export async function readIn(file: string, data: SieYear): Promise<string> {
  let current = client()
  const digits = (text: string) => text.replace(/\D/g, '')
  if (!current) {
    current = {
      id: crypto.randomUUID(),
      name: data.companyName,
      organisationNumber: data.organisationNumber,
      years: [],
    }
    state.clients.push(current)
    state.current = current.id
  }
  if (
    data.organisationNumber &&
    current.organisationNumber &&
    digits(data.organisationNumber) !== digits(current.organisationNumber)
  ) {
    throw new Error(`Filen hör till ett annat företag (${data.organisationNumber}).`)
  }
  current.name ||= data.companyName
  current.organisationNumber ||= data.organisationNumber
  const year = { from: data.from, to: data.to, file, readAt: Date.now(), data }
  current.years = [...current.years.filter(({ from }) => from !== data.from), year]
  sortYears(current)
  state.year = data.from
  await save()
  return `Läste in ${data.vouchers.length} verifikat för ${data.from} – ${data.to} ur ${file}.`
}

function sortYears(current: Client): void {
  current.years.sort((a, b) => (a.from < b.from ? 1 : -1))
}
