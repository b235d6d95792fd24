import { useEffect, useRef } from 'preact/hooks'
import { text } from './parts.tsx'
import { canvasSize, type OpenDocument, type Rotation } from './viewer/open-document.ts'

const width = 108

/** The document's pages small, drawn as they are scrolled to. */
export function Thumbnails(props: {
  opened: OpenDocument
  rotation: Rotation
  page: number
  onPage: (page: number) => void
}) {
  const { opened, rotation, page, onPage } = props
  return (
    <nav class="thumbnails" aria-label={text.action.thumbnails}>
      {Array.from({ length: opened.shownPages }, (_, i) => (
        <Thumbnail
          key={i}
          opened={opened}
          rotation={rotation}
          page={i + 1}
          isCurrent={page === i + 1}
          onPage={onPage}
        />
      ))}
    </nav>
  )
}

function Thumbnail(props: {
  opened: OpenDocument
  rotation: Rotation
  page: number
  isCurrent: boolean
  onPage: (page: number) => void
}) {
  const { opened, rotation, page, isCurrent, onPage } = props
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const element = button.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      drawInto(element, opened, rotation, page).catch(() => {})
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [opened, rotation, page])
  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <button
      ref={button}
      type="button"
      class="thumbnail"
      aria-label={text.page(page, opened.pages)}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => onPage(page)}
    >
      <span class="thumbnail-page" />
      <span class="thumbnail-number">{page}</span>
    </button>
  )
}

async function drawInto(
  button: HTMLElement,
  opened: OpenDocument,
  rotation: Rotation,
  page: number,
): Promise<void> {
  const size = await opened.size(page)
  const canvas = document.createElement('canvas')
  const across = rotation % 180 === 0 ? size.width : size.height
  const wanted = canvasSize(size, (width * devicePixelRatio) / across, rotation, 400_000)
  canvas.width = wanted.width
  canvas.height = wanted.height
  await opened.draw(page, canvas, wanted.scale, rotation).done
  button.querySelector('.thumbnail-page')?.replaceChildren(canvas)
}
