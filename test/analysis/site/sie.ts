/** What the program takes from a SIE-4 file: just enough for its own lists. */
export interface SieVoucher {
  series: string
  number: string
  date: string
  text: string
  rows: { account: string; amount: number; text: string }[]
}

export interface SieYear {
  companyName: string
  organisationNumber: string
  program: string
  from: string
  to: string
  accounts: Record<string, string>
  opening: Record<string, number>
  vouchers: SieVoucher[]
}

const upper =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ '

function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (/[åäöÅÄÖ]/.test(text)) return text
  } catch {
    // Not UTF-8: the format's own character set.
  }
  let text = ''
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : upper[byte - 128]
  return text
}

function fields(line: string): string[] {
  const found: string[] = []
  const pattern = /"((?:\\.|[^"\\])*)"|\{([^}]*)\}|([^\s"{}]+)/g
  for (const [, quoted, objects, plain] of line.matchAll(pattern)) {
    found.push(quoted !== undefined ? quoted.replace(/\\(.)/g, '$1') : (objects ?? plain ?? ''))
  }
  return found
}

function isoDate(value = ''): string {
  return /^\d{8}$/.test(value) ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}` : value
}

function oere(value = '0'): number {
  return Math.round(Number(value.replace(',', '.')) * 100)
}

/** Reads a SIE-4 file. Throws a sentence for the user when it is none. */
export function readSie(bytes: Uint8Array): SieYear {
  const lines = decode(bytes).split(/\r\n|\n|\r/)
  if (!lines.some((line) => /^\s*#(FLAGGA|SIETYP|PROGRAM)\b/.test(line))) {
    throw new Error('Filen är ingen SIE-fil.')
  }
  const year: SieYear = {
    companyName: '',
    organisationNumber: '',
    program: '',
    from: '',
    to: '',
    accounts: {},
    opening: {},
    vouchers: [],
  }
  let voucher: SieVoucher | null = null
  for (const line of lines) {
    const [tag = '', ...values] = fields(line)
    switch (tag.toUpperCase()) {
      case '#FNAMN':
        year.companyName = values[0] ?? ''
        break
      case '#ORGNR':
        year.organisationNumber = values[0] ?? ''
        break
      case '#PROGRAM':
        year.program = values[0] ?? ''
        break
      case '#RAR':
        if (values[0] === '0') [year.from, year.to] = [isoDate(values[1]), isoDate(values[2])]
        break
      case '#KONTO':
        year.accounts[values[0] ?? ''] = values[1] ?? ''
        break
      case '#IB':
        if (values[0] === '0') year.opening[values[1] ?? ''] = oere(values[2])
        break
      case '#VER':
        voucher = {
          series: values[0] ?? '',
          number: values[1] ?? '',
          date: isoDate(values[2]),
          text: values[3] ?? '',
          rows: [],
        }
        year.vouchers.push(voucher)
        break
      case '#TRANS':
        voucher?.rows.push({ account: values[0] ?? '', amount: oere(values[2]), text: values[4] ?? '' })
        break
    }
  }
  if (year.vouchers.length === 0) throw new Error('Filen saknar verifikat. Välj en SIE-fil av typ 4.')
  if (!year.from || !year.to) throw new Error('Filen saknar räkenskapsår.')
  return year
}
