import { answer } from '../../lib/answer.ts'
import { edge } from '../../lib/edge.ts'
import { knownCompany } from '../company/known.ts'

/** SIE files to the edge and from it. Sent gzipped: a year's file shrinks to a tenth. */
export function registerSie(): void {
  answer('uploadSie', 'page', async ({ company, year, name, file }) => {
    const packed = file.stream().pipeThrough(new CompressionStream('gzip'))
    return edge.json('uploadSie', {
      params: { company, year },
      query: { name: name.slice(0, 255) || 'fil.se' },
      bytes: await new Response(packed).arrayBuffer(),
      gzip: true,
    })
  })

  answer('confirmUpload', 'page', ({ company, year, upload }) =>
    edge.json('confirmUpload', { params: { company, year, upload } }),
  )

  answer('discardUpload', 'page', ({ company, year, upload }) =>
    edge.json('discardUpload', { params: { company, year, upload } }),
  )

  answer('ledgerSie', 'page', async ({ company, year }) => {
    const response = await edge.bytes('ledgerSie', { params: { company, year } })
    const state = await knownCompany(company)
    return { name: fileName(state?.name ?? company, year), file: await response.blob() }
  })
}

/** `Nordhamn Bygg AB 2025-12-31.se`: which company and year, in words that every file system takes. */
export function fileName(companyName: string, year: string): string {
  const name = companyName.replace(/[^\p{L}\p{N} .-]+/gu, ' ').trim() || 'huvudbok'
  return `${name} ${year.split('_')[1] ?? year}.se`
}
