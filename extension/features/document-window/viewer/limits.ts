/**
 * What a document may cost. pdf.js sets no limit on time or memory, and a file of 3 kB can ask for both without end;
 * what passes these limits is not drawn but can be saved. How large a file may be: `mostShown` in lib/protocol.ts.
 */
export const limits = {
  /** Pages that can be scrolled to; the rest is counted, not shown. */
  pages: 500,
  /** Pages whose text is searched. */
  textPages: 100,
  /** Text items taken of one page, and of a whole document. */
  pageTextItems: 20_000,
  textItems: 100_000,
  /** Pixels of one picture, by the size it declares (A4 at 800 dpi is 62 million). */
  imagePixels: 64_000_000,
  imageSide: 30_000,
  /** Form fields of a page that are searched. */
  fields: 2_000,
  /** Pixels of one drawn page. */
  canvasPixels: 12_000_000,
  /** Pixels of a page, and of a picture in it, that is drawn at first sight: an A4 at some 80 dpi. */
  quickPixels: 600_000,
  /** Larger files hold pictures: only for them does a quick look pay, bytes. */
  quickBytes: 300_000,
  /** Pixels of a page, and of a picture in it, that is read on an ordinary screen: an A4 at 150 dpi. */
  coarsePixels: 2_250_000,
  /** The longest that pdf.js may work on one thing before its workers are ended, ms. */
  openMs: 8_000,
  drawMs: 8_000,
  textMs: 4_000,
} as const
