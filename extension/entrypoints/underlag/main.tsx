import { render } from 'preact'
import { UnderlagPage } from '../../features/underlag-page/page.tsx'
import '../../features/underlag-page/underlag.css'

render(<UnderlagPage />, document.getElementById('app')!)
