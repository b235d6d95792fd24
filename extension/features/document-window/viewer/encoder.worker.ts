import type { Encoded, Order } from './encode.ts'

// A frame of the window's own may ask for a canvas to be encoded only when it is idle; a worker does it at once.
addEventListener('message', async ({ data: { id, page, type, quality } }: MessageEvent<Order>) => {
  let bytes: ArrayBuffer | null = null
  try {
    const canvas = new OffscreenCanvas(page.width, page.height)
    canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(page)
    bytes = await (await canvas.convertToBlob({ type, quality })).arrayBuffer()
  } catch {}
  postMessage({ id, bytes } satisfies Encoded, { transfer: bytes ? [bytes] : [] })
})
