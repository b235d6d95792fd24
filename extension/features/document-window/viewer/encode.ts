export interface Order {
  id: number
  page: ImageBitmap
  type: string
  quality: number
}

/** Null: it could not be encoded. */
export interface Encoded {
  id: number
  bytes: ArrayBuffer | null
}

let worker: Worker | null = null
let orders = 0

/**
 * Encodes a drawn page in a worker. A canvas of the window's own would be encoded on the window's thread, up to a second
 * later, in the middle of whatever is drawn then. Closes `page`.
 */
export async function encode(page: ImageBitmap, type: string, quality = 1): Promise<ArrayBuffer> {
  worker ??= new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module' })
  const used = worker
  const order: Order = { id: ++orders, page, type, quality }
  const { promise, resolve } = Promise.withResolvers<ArrayBuffer | null>()
  const heard = ({ data }: MessageEvent<Encoded>) => {
    if (data.id === order.id) resolve(data.bytes)
  }
  const failed = () => resolve(null)
  used.addEventListener('message', heard)
  used.addEventListener('error', failed)
  try {
    used.postMessage(order, [page])
    const bytes = await promise
    if (!bytes) throw new Error('the picture could not be encoded')
    return bytes
  } finally {
    used.removeEventListener('message', heard)
    used.removeEventListener('error', failed)
  }
}
