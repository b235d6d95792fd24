/** Which types must have a record: SIE 4B's table. `4E` and `4I` share `#SIETYP 4`. */
type Form = '1' | '2' | '3' | '4E' | '4I'

const ALL: readonly Form[] = ['1', '2', '3', '4E', '4I']

/** Every label of SIE 4B with the types that cannot do without it, as far as a file's content can show that. */
const labels: Readonly<Record<string, readonly Form[]>> = {
  FLAGGA: ALL,
  PROGRAM: ALL,
  FORMAT: ALL,
  GEN: ALL,
  SIETYP: ['2', '3', '4E', '4I'],
  PROSA: [],
  FTYP: [],
  FNR: [],
  ORGNR: [],
  BKOD: [],
  ADRESS: [],
  FNAMN: ALL,
  RAR: ['1', '2', '3', '4E'],
  TAXAR: [],
  OMFATTN: ['2', '3'],
  KPTYP: [],
  VALUTA: [],
  KONTO: ['1', '2', '3', '4E'],
  KTYP: [],
  ENHET: [],
  SRU: ['1', '2'],
  DIM: [],
  UNDERDIM: [],
  OBJEKT: [],
  // balances of zero may be left out, so their absence proves nothing; what is missing shows in the balance checks
  IB: [],
  UB: [],
  OIB: [],
  OUB: [],
  RES: [],
  PSALDO: [],
  PBUDGET: [],
  VER: [],
  TRANS: [],
  RTRANS: [],
  BTRANS: [],
  KSUMMA: [],
}

/** Whether the standard knows a label (upper case, without `#`). */
export function isKnownLabel(label: string): boolean {
  return Object.hasOwn(labels, label)
}

/** The labels that a file of this type must have. */
export function requiredLabels(form: string): readonly string[] {
  return Object.keys(labels).filter((label) => labels[label]!.some((needed) => needed === form))
}

/** Which fields of a record are days (`date`) or periods (`period`), by index. */
export const DATE_FIELDS: Readonly<Record<string, readonly number[]>> = {
  GEN: [0],
  RAR: [1, 2],
  OMFATTN: [0],
}
