import { Popup } from '../../features/toolbar/popup.tsx'
import { popupStyle } from '../../features/toolbar/style.ts'
import { uiLanguage } from '../../lib/settings.ts'
import { drawPage } from '../../lib/ui/extension-page.tsx'

drawPage(<Popup language={uiLanguage()} />, popupStyle)
