import type { SieTarget } from '../../host/adapter.ts'

/** How the page got the file. */
export type Handed = 'input' | 'drop' | null

/** Files that we handed over: not a person's choice, so not offered to be read in again. */
const ours = new WeakSet<File>()

export function isHandedByUs(file: File): boolean {
  return ours.has(file)
}

/**
 * Gives the page a file as a person would: in its own file field with the events that choosing one gives, else by dropping
 * it. Call it on a person's click only.
 *
 * @returns how, or null when the page has no place that takes it
 */
export function handToPage({ input, drop }: SieTarget, file: File): Handed {
  ours.add(file)
  const transfer = new DataTransfer()
  transfer.items.add(file)
  if (input && !input.disabled) {
    try {
      input.files = transfer.files
    } catch {
      // Firefox' content scripts may not set it on every page.
    }
    if (input.files?.length === 1) {
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
      input.dispatchEvent(new Event('change', { bubbles: true }))
      return 'input'
    }
  }
  if (!drop) return null
  const event = (type: string) =>
    new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer })
  drop.dispatchEvent(event('dragenter'))
  drop.dispatchEvent(event('dragover'))
  // A page that takes dropped files cancels the event, or the browser would open the file.
  const isTaken = !drop.dispatchEvent(event('drop'))
  return isTaken ? 'drop' : null
}

/** Saves a file on the computer, as the browser saves any download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
