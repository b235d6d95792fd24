/** Line icons, 16 × 16, drawn in the text's colour. */
const paths = {
  close: 'M4 4l8 8M12 4l-8 8',
  previous: 'M10 3.5L5.5 8l4.5 4.5',
  next: 'M6 3.5L10.5 8 6 12.5',
  up: 'M3.5 10L8 5.5l4.5 4.5',
  down: 'M3.5 6L8 10.5 12.5 6',
  zoomIn: 'M7 4.5v5M4.5 7h5M12 12l2.5 2.5M7 12.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
  zoomOut: 'M4.5 7h5M12 12l2.5 2.5M7 12.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
  fitWidth: 'M2 3v10M14 3v10M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2',
  fitPage: 'M3.5 2h9v12h-9zM8 4.5v7M6.5 6L8 4.5 9.5 6M6.5 10L8 11.5 9.5 10',
  rotate: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  search: 'M11.2 11.2L14.5 14.5M7 12.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
  thumbnails: 'M2.5 2.5h4v5h-4zM9.5 2.5h4v5h-4zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4z',
  print: 'M4.5 6V2h7v4M4.5 12h-2V6h11v6h-2M4.5 9.5h7V14h-7z',
  download: 'M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11',
  openTab: 'M9.5 2.5h4v4M13.5 2.5L7.5 8.5M11.5 9.5v4h-9v-9h4',
  copyLink: 'M6.5 9.5l3-3M5 7L3.2 8.8a2.8 2.8 0 0 0 4 4L9 11M11 9l1.8-1.8a2.8 2.8 0 0 0-4-4L7 5',
  panel: 'M2 3h12v10H2zM10 3v10',
  help: 'M6 6a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1v.5M8 12v.1M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z',
  dockRight: 'M2 3h12v10H2zM9.5 3v10M11 6h1.5M11 8h1.5',
  dockLeft: 'M2 3h12v10H2zM6.5 3v10M3.5 6H5M3.5 8H5',
  dockBottom: 'M2 3h12v10H2zM2 9h12M5 11h6',
  dockFloat: 'M2 2.5h9v8H2zM5 5.5h9v8H5z',
  warning: 'M8 2L1.5 13.5h13zM8 6.5V9.5M8 11.5v.1',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  file: 'M4 1.5h5.5L12.5 4.5v10h-8.5zM9.5 1.5v3h3',
  cloudOff: 'M4.5 12.5h7a2.5 2.5 0 0 0 .6-4.9A4 4 0 0 0 5 5.6M4.5 12.5A3 3 0 0 1 4 6.6M2 2l12 12',
  clock: 'M8 4.5V8l2.5 1.5M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z',
  check: 'M3 8.5L6.5 12 13 4.5',
  missing: 'M5 8h6M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
