/** Prints a `Paper` as a photographed till receipt: a baseline JPEG with readable text. Same paper, same bytes. */

import { encode } from 'jpeg-js'
import { hash, seeded, swedishKronor } from '../numbers.ts'
import { glyph, glyphHeight, glyphWidth } from './dot-font.ts'
import { type Paper, paperTitle } from './paper.ts'

const scale = 2
const columns = 36

/** `left` and `right` on one line of the roll. */
function spread(left: string, right: string): string {
  return `${left.slice(0, columns - right.length - 1).padEnd(columns - right.length)}${right}`
}

function centred(text: string): string {
  return text.slice(0, columns).padStart(Math.floor((columns + Math.min(text.length, columns)) / 2))
}

function receiptLines(paper: Paper): string[] {
  return [
    centred(paper.issuer.name),
    centred(paper.issuer.street),
    centred(paper.issuer.town),
    centred(`ORG.NR ${paper.issuer.organisationNumber}`),
    '',
    spread(paperTitle(paper), paper.number),
    spread('DATUM', paper.date),
    '-'.repeat(columns),
    ...paper.lines.map((line) => spread(line.text, swedishKronor(line.amount))),
    '-'.repeat(columns),
    spread('NETTO', swedishKronor(paper.net)),
    spread('MOMS', swedishKronor(paper.vat)),
    spread('TOTALT SEK', swedishKronor(paper.total)),
    '',
    centred('KORT ************4127'),
    centred('TACK FÖR BESÖKET'),
  ]
}

/** The JPEG's bytes. */
export function printJpeg(paper: Paper): Uint8Array {
  const lines = receiptLines(paper)
  const margin = 24
  const width = columns * glyphWidth * scale + 2 * margin
  const height = lines.length * glyphHeight * scale + 2 * margin
  const data = new Uint8Array(width * height * 4)
  const random = seeded(hash(paper.number + paper.date))
  for (let i = 0; i < data.length; i += 4) {
    // Thermal paper is not quite white, nor even.
    const tone = 240 + Math.floor(random() * 8)
    data[i] = tone
    data[i + 1] = tone
    data[i + 2] = tone - 8
    data[i + 3] = 255
  }
  lines.forEach((line, row) => {
    ;[...line].forEach((character, column) => {
      glyph(character).forEach((bits, y) => {
        for (let x = 0; x < 5; x++) {
          if ((bits & (1 << (4 - x))) === 0) continue
          for (let dy = 0; dy < scale; dy++) {
            for (let dx = 0; dx < scale; dx++) {
              const px = margin + (column * glyphWidth + x) * scale + dx
              const py = margin + (row * glyphHeight + y) * scale + dy
              data.fill(40, (py * width + px) * 4, (py * width + px) * 4 + 3)
            }
          }
        }
      })
    })
  })
  return new Uint8Array(encode({ data, width, height }, 80).data)
}
