/** What stands on a document: enough to print a believable Swedish invoice or receipt. Amounts are öre. */
export interface Paper {
  type: 'invoice' | 'credit-note' | 'receipt' | 'customer-invoice' | 'statement' | 'appendix'
  issuer: { name: string; organisationNumber: string; bankgiro: string; street: string; town: string }
  /** The buyer. */
  recipient: { name: string; organisationNumber: string; town: string }
  date: string
  due: string | null
  /** Invoice or receipt number. */
  number: string
  ocr: string | null
  lines: { text: string; amount: number }[]
  net: number
  vat: number
  total: number
}

/** What the paper calls itself. */
export function paperTitle(paper: Paper): string {
  switch (paper.type) {
    case 'credit-note':
      return 'KREDITFAKTURA'
    case 'receipt':
      return 'KVITTO'
    case 'statement':
      return 'KONTOUTDRAG'
    case 'appendix':
      return 'BILAGA'
    default:
      return 'FAKTURA'
  }
}
