import { browser } from 'wxt/browser'
import type { Rotation } from './viewer/open-document.ts'
import type { Zoom } from './viewer/zoom.ts'

export type DockSide = 'right' | 'left' | 'bottom' | 'float'

/** What the window remembers between documents. Nothing of it says what was looked at. */
export interface Preferences {
  zoom: Zoom
  dock: DockSide
  /** The panel with the voucher's rows is open. */
  panel: boolean
}

export const defaultPreferences: Preferences = { zoom: 'width', dock: 'right', panel: true }

const name = 'documentWindow'
const rotationsName = 'rotations'
const mostRotations = 1000

export async function loadPreferences(): Promise<Preferences> {
  const kept = (await browser.storage.local.get(name))[name] as Partial<Preferences> | undefined
  return { ...defaultPreferences, ...kept }
}

export async function savePreferences(preferences: Preferences): Promise<void> {
  await browser.storage.local.set({ [name]: preferences })
}

type Rotations = Record<string, Rotation>

/** How each turned document was last turned. */
export async function loadRotations(): Promise<Rotations> {
  return ((await browser.storage.local.get(rotationsName))[rotationsName] as Rotations | undefined) ?? {}
}

/** Remembers a document's rotation; the oldest are forgotten. */
export async function saveRotation(document: string, rotation: Rotation): Promise<void> {
  const { [document]: _, ...others } = await loadRotations()
  const kept = Object.entries(rotation === 0 ? others : { ...others, [document]: rotation }).slice(
    -mostRotations,
  )
  await browser.storage.local.set({ [rotationsName]: Object.fromEntries(kept) })
}
