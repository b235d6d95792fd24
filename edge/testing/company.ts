import { systemClock } from '../../shared/clock.ts'
import { connect, findIntegration } from '../directory/integrations.ts'
import type { Integration, Member } from '../directory/types.ts'
import { openLedger } from '../ledger/index.ts'
import type { Ledger, SyncRecord } from '../ledger/types.ts'
import { testEnv } from './env.ts'
import type { FortnoxAnswers } from './fortnox.ts'
import { newIntegration, newMember } from './people.ts'

export const testCompany = '5560360793'
export const testYear = '2025-01-01_2025-12-31'

/** A small year: two vouchers, and what Fortnox' lists say of them; a file on the first. */
export const testBooks: Partial<FortnoxAnswers> = {
  sie: [
    '#FLAGGA 0',
    '#PROGRAM "Fortnox" 3.57.11',
    '#FORMAT PC8',
    '#GEN 20251231',
    '#SIETYP 4',
    '#FNAMN "Bolaget AB"',
    '#ORGNR 556036-0793',
    '#RAR 0 20250101 20251231',
    '#KONTO 1930 "Bank"',
    '#KONTO 4010 "Varor"',
    '#VER A 1 20250115 "Kaffe" 20250115',
    '{',
    '#TRANS 4010 {} 125.50',
    '#TRANS 1930 {} -125.50',
    '}',
    '#VER A 2 20250116 "Te" 20250116',
    '{',
    '#TRANS 4010 {} 50',
    '#TRANS 1930 {} -50',
    '}',
    '',
  ].join('\r\n'),
  vouchers: [
    { VoucherSeries: 'A', VoucherNumber: 1, Year: 7, TransactionDate: '2025-01-15', Description: 'Kaffe' },
    { VoucherSeries: 'A', VoucherNumber: 2, Year: 7, TransactionDate: '2025-01-16', Description: 'Te' },
  ],
  voucherFiles: [
    { FileId: 'file-1', VoucherSeries: 'A', VoucherNumber: '1', VoucherYear: 7, Name: 'kaffe.pdf' },
  ],
}

let tenants = 50_000

/** A member whose firm has the green light for the company, with tokens in its gateway. */
export async function connectedCompany(): Promise<{
  member: Member
  integration: Integration
  tenant: number
  ledger: Ledger
}> {
  const tenant = ++tenants
  const member = await newMember(crypto.randomUUID())
  const { id } = await newIntegration(member, testCompany)
  const tokens = {
    accessToken: 'access',
    expiresAt: Date.now() + 3600_000,
    refreshToken: 'refresh',
    scope: [],
    account: 'service' as const,
  }
  await testEnv.GATEWAY.getByName(String(tenant)).adopt(tenant, tokens)
  await connect(testEnv.DIRECTORY, systemClock, id, {
    tenant,
    name: 'Bolaget AB',
    organisationNumber: testCompany,
  })
  const integration = (await findIntegration(testEnv.DIRECTORY, member.firm, testCompany))!
  return { member, integration, tenant, ledger: openLedger(testEnv.LEDGER, systemClock) }
}

/** Waits until the run has ended. */
export async function runEnded(ledger: Ledger, run: string): Promise<SyncRecord> {
  for (;;) {
    const record = (await ledger.sync(run))!
    if (record.state !== 'running') return record
    await systemClock.sleep(20)
  }
}
