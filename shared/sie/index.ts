export { formatAmount, parseAmount } from './amount.ts'
export { balanceOf, type SieBalance, type SieBalanceLabel } from './balances.ts'
export { isSieDate, isSiePeriod } from './date.ts'
export {
  type SieDiagnostic,
  type SieDiagnosticCode,
  type SieDiagnosticData,
  type SieSeverity,
  sieDiagnosticCodes,
  sieSeverity,
} from './diagnostics.ts'
export { type SieLanguage, sieMessage } from './messages.ts'
export { SieParser } from './parser.ts'
export { parseSie, parseSieBytes, readSie, type SieSource } from './read.ts'
export type {
  SieEncoding,
  SieField,
  SieFiscalYear,
  SieHandlers,
  SieItem,
  SieKsumma,
  SieLedger,
  SieObject,
  SieReadOptions,
  SieRecord,
  SieRow,
  SieRowKind,
  SieSubRecord,
  SieSummary,
  SieVoucher,
} from './types.ts'
export { type SieWriteOptions, writeSie, writeSieAsync, writeSieBytes } from './write.ts'
