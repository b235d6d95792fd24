/** Archive, inbox and attachments: folders as JSON, files as bytes; which id works where differs. */

import type { Hono } from 'hono'
import { bytesOf, sizeOf, typeOf } from '../documents/bytes.ts'
import { type Env, type Exchange, exchangeOf } from '../exchange.ts'
import type { FilePlace, StoredFile } from '../model.ts'
import type { World } from '../world.ts'

const inboxFolders: Record<string, string> = {
  inbox_a: 'Anläggningar',
  inbox_b: 'Bankfiler',
  inbox_d: 'Dagskassor',
  inbox_kf: 'Kundfakturor',
  inbox_ku: 'Kvitton och utlägg',
  inbox_l: 'Lön',
  inbox_lm: 'Förenklad lön',
  inbox_o: 'Ordrar',
  inbox_of: 'Offerter',
  inbox_s: 'Leverantörsfakturor',
  inbox_v: 'Verifikationer',
}

/** Which ids work at which address, by where the file lies. */
const reach: Record<
  FilePlace,
  Record<'archive/id' | 'archive?fileid' | 'inbox/id' | 'inbox?fileid', 'id' | 'archive' | 'either' | null>
> = {
  both: { 'archive/id': 'id', 'archive?fileid': 'archive', 'inbox/id': 'id', 'inbox?fileid': 'id' },
  inbox: { 'archive/id': null, 'archive?fileid': null, 'inbox/id': 'id', 'inbox?fileid': 'id' },
  archive: { 'archive/id': 'id', 'archive?fileid': 'archive', 'inbox/id': null, 'inbox?fileid': null },
  fileid: { 'archive/id': null, 'archive?fileid': 'either', 'inbox/id': null, 'inbox?fileid': null },
}

const byArchiveId = new WeakMap<Map<string, StoredFile>, { size: number; files: Map<string, StoredFile> }>()

function archived(files: Map<string, StoredFile>, id: string): StoredFile | undefined {
  let index = byArchiveId.get(files)
  if (index === undefined || index.size !== files.size) {
    index = {
      size: files.size,
      files: new Map([...files.values()].map((file) => [file.archiveFileId, file])),
    }
    byArchiveId.set(files, index)
  }
  return index.files.get(id)
}

function lookUp(exchange: Exchange, at: keyof (typeof reach)['both'], id: string): StoredFile | null {
  const { files } = exchange.company.books
  const byId = files.get(id)
  if (byId !== undefined && ['id', 'either'].includes(reach[byId.place][at] ?? '')) return byId
  const byArchive = archived(files, id)
  return byArchive !== undefined && ['archive', 'either'].includes(reach[byArchive.place][at] ?? '')
    ? byArchive
    : null
}

async function sendFile(exchange: Exchange, file: StoredFile | null): Promise<Response> {
  if (file === null) return exchange.missing(2000729, 'Kan inte hitta filen.')
  const { settings } = exchange.world
  const type = settings.fileContentType === 'actual' ? typeOf(file.content) : settings.fileContentType
  return exchange.bytes(await bytesOf(file.content), type, { kind: 'absent', name: file.name })
}

async function sendFolder(
  exchange: Exchange,
  root: 'archive' | 'inbox',
  folder: { id: string; name: string; holds: (file: StoredFile) => boolean; folders: [string, string][] },
): Promise<Response> {
  const { apiOrigin, settings } = exchange.world
  const files = [...exchange.company.books.files.values()].filter(folder.holds)
  return exchange.json({
    ...(settings.folderMeta
      ? { MetaInformation: { '@TotalResources': files.length, '@TotalPages': 1, '@CurrentPage': 1 } }
      : {}),
    Folder: {
      '@url': `${apiOrigin}/3/${root}/${folder.id}`,
      Email: root === 'inbox' ? `inbox.${exchange.company.tenant}@example.com` : '',
      Files: await Promise.all(
        files.map(async (file) => ({
          '@url': `${apiOrigin}/3/${root}/${file.id}`,
          ArchiveFileId: file.archiveFileId,
          Comments: '',
          Id: file.id,
          Name: file.name,
          Path: root,
          Size: await sizeOf(file),
        })),
      ),
      Folders: folder.folders.map(([id, name]) => ({
        '@url': `${apiOrigin}/3/${root}/${id}`,
        Id: id,
        Name: name,
      })),
      Id: folder.id,
      Name: folder.name,
    },
  })
}

export function addFiles(app: Hono<Env>, world: World): void {
  const archiveRoot = (exchange: Exchange) =>
    sendFolder(exchange, 'archive', {
      id: 'root',
      name: 'Arkivplats',
      holds: (file) => file.folder === 'archive',
      folders: [],
    })
  app.get('/3/archive', (c) => {
    const exchange = exchangeOf(c)
    const fileId = exchange.param('fileid')
    return fileId === null
      ? archiveRoot(exchange)
      : sendFile(exchange, lookUp(exchange, 'archive?fileid', fileId))
  })
  app.get('/3/archive/:id', (c) => {
    const exchange = exchangeOf(c)
    const id = c.req.param('id')
    return id === 'root' ? archiveRoot(exchange) : sendFile(exchange, lookUp(exchange, 'archive/id', id))
  })

  const inbox = (exchange: Exchange, id: string | null) =>
    sendFolder(exchange, 'inbox', {
      id: id ?? 'root',
      name: id === null ? 'Inbox' : (inboxFolders[id] ?? id),
      holds: (file) => file.folder === (id ?? 'inbox'),
      folders: id === null ? Object.entries(inboxFolders) : [],
    })
  app.get('/3/inbox', (c) => {
    const exchange = exchangeOf(c)
    const fileId = exchange.param('fileid')
    return fileId === null
      ? inbox(exchange, null)
      : sendFile(exchange, lookUp(exchange, 'inbox?fileid', fileId))
  })
  app.get('/3/inbox/:id', (c) => {
    const exchange = exchangeOf(c)
    const id = c.req.param('id')
    if (id === 'root') return inbox(exchange, null)
    if (Object.hasOwn(inboxFolders, id)) return inbox(exchange, id)
    return sendFile(exchange, lookUp(exchange, 'inbox/id', id))
  })

  /** The ids asked for, as the settings have many at once. */
  const idsOf = (exchange: Exchange, name: string): string[] => {
    const values = exchange.params.getAll(name).filter((value) => value !== '')
    switch (world.settings.attachmentIds) {
      case 'exploded':
        return values
      case 'comma':
        return values.flatMap((value) => value.split(','))
      case 'last':
        return values.slice(-1)
    }
  }
  app.get('/api/fileattachments/attachments-v1', (c) => {
    const exchange = exchangeOf(c)
    const type = exchange.param('entitytype')
    const ids = idsOf(exchange, 'entityid')
    if (type === null || ids.length === 0)
      return exchange.json({ message: 'entityid and entitytype are required' }, 400)
    const found = exchange.company.books.attachments.filter(
      (one) => one.entityType === type && ids.includes(String(one.entityId)),
    )
    return exchange.json(
      found.map(({ id, entityId, entityType, fileId, includeOnSend }) => ({
        id,
        entityId,
        entityType,
        fileId,
        includeOnSend,
      })),
    )
  })
  app.get('/api/fileattachments/attachments-v1/numberofattachments', (c) => {
    const exchange = exchangeOf(c)
    const { attachmentCounts } = world.settings
    const type = exchange.param('entitytype')
    const ids = idsOf(exchange, 'entityids')
    if (attachmentCounts === 'missing') return exchange.json({ message: 'Not Found' }, 404)
    if (type === null || ids.length === 0)
      return exchange.json({ message: 'entityids and entitytype are required' }, 400)
    const counts = ids.map((id) => ({
      entityId: Number(id),
      numberOfAttachments: exchange.company.books.attachments.filter(
        (one) => one.entityType === type && String(one.entityId) === id,
      ).length,
    }))
    return exchange.json(
      attachmentCounts === 'all'
        ? counts
        : counts.filter(({ numberOfAttachments }) => numberOfAttachments > 0),
    )
  })
}
