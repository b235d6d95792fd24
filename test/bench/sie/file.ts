/**
 * The ledger that the SIE figures are measured on: 100,000 vouchers with 4 to 5 rows each, about 20 MB of CP437 as a
 * bookkeeping program writes it: Swedish texts, cost centres here and there, amounts with two decimals, a chart of 400
 * accounts, balances that fit. Made by a generator without chance, so every run measures the same bytes.
 */
const TEXTS = [
  'Leverantörsfaktura',
  'Kundfaktura',
  'Inbetalning',
  'Löneutbetalning',
  'Kontorsmaterial',
  'Resa Göteborg',
  'Hyra lokal',
  'Bankkostnader',
  'Försäljning',
  'El och värme',
]
const HIGH: Readonly<Record<string, number>> = { å: 0x86, ä: 0x84, ö: 0x94, Å: 0x8f, Ä: 0x8e, Ö: 0x99 }

/** Bytes of the bench file with `vouchers` vouchers; with a control sum when `ksumma` is given, which counts it. */
export function benchFile(
  vouchers = 100_000,
  ksumma: ((file: Uint8Array) => number) | null = null,
): Uint8Array {
  const random = generator(7)
  const accounts = Array.from({ length: 400 }, (_, i) => 1000 + i * 19)
  const sums = new Map<number, number>()
  const lines: string[] = []
  const body: string[] = []
  for (let number = 1; number <= vouchers; number++) {
    const day = Math.floor(((number - 1) / vouchers) * 360)
    const date = `2024${pad(Math.floor(day / 30) + 1)}${pad(((day % 30) % 28) + 1)}`
    const text = `${TEXTS[random(TEXTS.length)]} ${random(90000) + 10000}`
    body.push(`#VER A ${number} ${date} "${text}" ${date}`, '{')
    const rows = 4 + (number & 1)
    let rest = 0
    for (let row = 0; row < rows; row++) {
      const account = accounts[random(accounts.length)]!
      const amount = row === rows - 1 ? -rest : (random(2_000_000) + 1) * (random(2) === 0 ? 1 : -1)
      rest += amount
      sums.set(account, (sums.get(account) ?? 0) + amount)
      const objects = random(8) === 0 ? `{1 "${random(30) + 1}"}` : '{}'
      const tail = random(4) === 0 ? ` "" "${TEXTS[random(TEXTS.length)]}"` : ''
      body.push(`#TRANS ${account} ${objects} ${kronor(amount)}${tail}`)
    }
    body.push('}')
  }
  lines.push('#FLAGGA 0')
  if (ksumma) lines.push('#KSUMMA')
  lines.push('#PROGRAM "Underlag bench" 1.0', '#FORMAT PC8', '#GEN 20241231', '#SIETYP 4')
  lines.push('#ORGNR 556036-0793', '#FNAMN "Mätbolaget AB"', '#RAR 0 20240101 20241231', '#KPTYP EUBAS97')
  lines.push('#DIM 1 "Kostnadsställe"')
  for (const account of accounts) lines.push(`#KONTO ${account} "Konto ${account}"`)
  for (const [account, sum] of [...sums].sort(([a], [b]) => a - b)) {
    if (account < 3000) lines.push(`#IB 0 ${account} 100.00`, `#UB 0 ${account} ${kronor(sum + 10000)}`)
    else lines.push(`#RES 0 ${account} ${kronor(sum)}`)
  }
  const text = [...lines, ...body].join('\r\n')
  const file = encode(`${text}\r\n`)
  return ksumma ? Buffer.concat([file, encode(`#KSUMMA ${ksumma(file)}\r\n`)]) : file
}

function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    bytes[i] = code < 128 ? code : HIGH[text[i]!]!
  }
  return bytes
}

function pad(value: number): string {
  return value.toString().padStart(2, '0')
}

function kronor(ore: number): string {
  const digits = Math.abs(ore).toString().padStart(3, '0')
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A small linear congruential generator: whole numbers below `limit`. */
function generator(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
