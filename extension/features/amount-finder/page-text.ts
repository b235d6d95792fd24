/** The text of one page as pdf.js gives it, capped (`limits.pageTextItems`). */
export interface TextItem {
  str: string
  /** Text space to user space; `[4]`, `[5]` are the baseline's start. */
  transform: readonly number[]
  width: number
  height: number
}

export interface PageText {
  /** 1 and up. */
  page: number
  items: TextItem[]
  /** User space to the page as it is shown unturned, origin top left, 1 unit = 1/72 inch. */
  viewport: readonly number[]
  width: number
  height: number
  /** There is more than was taken. */
  capped: boolean
}
