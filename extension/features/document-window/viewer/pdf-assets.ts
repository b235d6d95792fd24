type Folder = 'cMapUrl' | 'standardFontDataUrl' | 'wasmUrl'

const files = new Map<string, Promise<Uint8Array>>()

/**
 * How pdf.js gets its character maps, standard fonts and decoders: read from the extension once, however many documents
 * ask. An invoice that embeds no fonts would otherwise wait for the same two files each time.
 */
export class PdfAssets {
  readonly #folders: Partial<Record<Folder, string>>

  constructor(folders: Partial<Record<Folder, string>>) {
    this.#folders = folders
  }

  /** The file's bytes, the caller's own. Throws when the extension has none of that name: pdf.js does without it. */
  async fetch({ kind, filename }: { kind: Folder; filename: string }): Promise<Uint8Array> {
    const url = `${this.#folders[kind]}${filename}`
    let file = files.get(url)
    if (!file) {
      file = read(url)
      files.set(url, file)
      file.catch(() => files.delete(url))
    }
    return (await file).slice()
  }
}

async function read(url: string): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`no such file: ${url}`)
  return new Uint8Array(await response.arrayBuffer())
}
