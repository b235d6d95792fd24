import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { defineAsked } from '../features/voucher-rows/asked.ts'
import { pickColumn } from '../features/voucher-rows/pick.ts'
import { sayWhy } from '../features/voucher-rows/why.ts'

/** Run by the background in pages where a member asks for what is rarely asked for. */
export default defineUnlistedScript(() => defineAsked({ pickColumn, sayWhy }))
