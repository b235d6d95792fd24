import { defineBackground } from 'wxt/utils/define-background'
import { registerCompany } from '../features/company/background.ts'
import { registerDocuments } from '../features/documents/index.ts'
import { registerSession } from '../features/session/background.ts'
import { registerSie } from '../features/sie-handover/background.ts'
import { registerSiteAccess } from '../features/site-access/background.ts'
import { registerRows } from '../features/voucher-rows/background.ts'
import { forgetYears, registerYearAtHand } from '../features/year-at-hand/background.ts'

/** Every listener is registered while the script first runs: the browser wakes it for a message and expects an answer. */
export default defineBackground(() => {
  registerSession()
  registerCompany()
  registerSie()
  registerDocuments(() => forgetYears('cleared'))
  registerYearAtHand()
  registerRows()
  registerSiteAccess()
})
