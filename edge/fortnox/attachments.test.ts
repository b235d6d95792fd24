import { expect, test } from 'vitest'
import { systemClock } from '../../shared/clock.ts'
import { readAttachments } from './attachments.ts'
import type { RequestDeps } from './request.ts'

/** A Fortnox that has one file per invoice of `files`, and heeds at most `most` ids of a request for them. */
function fortnox(files: Record<string, string>, most: number): { deps: RequestDeps; asked: string[][] } {
  const asked: string[][] = []
  const nothing = async () => undefined
  const answer: typeof fetch = async (input) => {
    const { pathname, searchParams } = new URL(String(input))
    if (pathname.endsWith('numberofattachments')) {
      const ids = searchParams.getAll('entityids')
      return Response.json(
        ids.map((id) => ({ entityId: Number(id), numberOfAttachments: id in files ? 1 : 0 })),
      )
    }
    const ids = searchParams.getAll('entityid')
    asked.push(ids)
    return Response.json(
      ids
        .slice(0, most)
        .filter((id) => id in files)
        .map((id) => ({ entityId: Number(id), fileId: files[id] })),
    )
  }
  const office = {
    permit: async () => ({ id: 1, accessToken: 'token', version: 1, fileWay: null }),
    answered: nothing,
    giveBack: nothing,
    pause: nothing,
    refused: nothing,
    rememberFileWay: nothing,
  }
  return {
    deps: {
      apiOrigin: 'https://api.test',
      fetch: answer,
      clock: systemClock,
      office,
      priority: 'background',
    },
    asked,
  }
}

const files = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [String(2 * i + 1), `file-${i}`]))
const invoices = Array.from({ length: 310 }, (_, i) => String(i + 1))

test('only invoices that the counts name are asked about, two hundred at once', async () => {
  const { deps, asked } = fortnox(files, Number.POSITIVE_INFINITY)
  const found = await readAttachments(deps, invoices)
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(files).map(([id, f]) => [id, [f]])),
  )
  expect(asked.map((ids) => ids.length)).toEqual([150])
})

test('a Fortnox that heeds fewer ids than were named loses no file: the silent ones are asked about again', async () => {
  const { deps, asked } = fortnox(files, 100)
  const found = await readAttachments(deps, invoices)
  expect(found.size).toBe(150)
  expect(asked.slice(1).every((ids) => ids.length === 1)).toBe(true)
  expect(asked).toHaveLength(51)
})
