import '../../features/document-window/window.css'
import { startFrame } from '../../features/document-window/frame.tsx'

startFrame(document.getElementById('app')!)
