import { Options } from '../../features/options/options.tsx'
import { optionsStyle } from '../../features/options/style.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { drawPage } from '../../lib/ui/extension-page.tsx'

drawPage(<Options language={uiLanguage()} />, optionsStyle)
