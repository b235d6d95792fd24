/** What a key does in the document window. */
export type Action =
  | 'close'
  | 'previousDocument'
  | 'nextDocument'
  | 'previousVoucher'
  | 'nextVoucher'
  | 'zoomIn'
  | 'zoomOut'
  | 'actualSize'
  | 'fitWidth'
  | 'fitPage'
  | 'rotate'
  | 'search'
  | 'thumbnails'
  | 'print'
  | 'download'
  | 'openTab'
  | 'copyLink'
  | 'panel'
  | 'help'

interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

const plain: Record<string, Action> = {
  Escape: 'close',
  ArrowLeft: 'previousDocument',
  ArrowRight: 'nextDocument',
  ArrowUp: 'previousVoucher',
  ArrowDown: 'nextVoucher',
  k: 'previousVoucher',
  j: 'nextVoucher',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  '0': 'actualSize',
  w: 'fitWidth',
  p: 'fitPage',
  r: 'rotate',
  '/': 'search',
  t: 'thumbnails',
  d: 'download',
  o: 'openTab',
  c: 'copyLink',
  v: 'panel',
  '?': 'help',
}
const withControl: Record<string, Action> = {
  f: 'search',
  p: 'print',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  '0': 'actualSize',
}

/** The action of a key press, or null: the browser keeps it. Ctrl+C and other combinations are the browser's. */
export function actionOf(press: KeyPress): Action | null {
  if (press.altKey) return null
  const name = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return (press.ctrlKey || press.metaKey ? withControl[name] : plain[name]) ?? null
}

/** The keys that the help lists, in its order. */
export const listedKeys: readonly (readonly [Action, readonly string[]])[] = [
  ['close', ['Esc']],
  ['previousDocument', ['←']],
  ['nextDocument', ['→']],
  ['previousVoucher', ['↑', 'K']],
  ['nextVoucher', ['↓', 'J']],
  ['zoomIn', ['+']],
  ['zoomOut', ['−']],
  ['actualSize', ['0']],
  ['fitWidth', ['W']],
  ['fitPage', ['P']],
  ['rotate', ['R']],
  ['search', ['/']],
  ['thumbnails', ['T']],
  ['panel', ['V']],
  ['print', ['Ctrl P']],
  ['download', ['D']],
  ['openTab', ['O']],
  ['copyLink', ['C']],
  ['help', ['?']],
]
