import type { Product, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { Store as DeviceStore } from '../storage/store.ts'
import type { ShopRecords } from './api-lists.ts'
import type { ProductHit } from './api-selling.ts'
import { browserTimers } from './browser-timers.ts'
import type { DeviceEvent, Events } from './events.ts'
import { inSlices, type Steps } from './in-slices.ts'
import { onceLoaded } from './once-loaded.ts'
import type { SearchIndex } from './search-index.ts'

export type ResidentCatalogue = {
  shopRecords(): Promise<ShopRecords>
  searchProducts(text: string, limit: number): Promise<readonly ProductHit[]>
  findByBarcode(barcode: string): Promise<ProductHit | null>
  /** Gets ready for both when nothing has been asked for a moment. */
  prepareSearch(): void
  find<Kind extends RecordKind>(kind: Kind, id: string): Promise<RecordDocuments[Kind] | null>
  /** The version of a record held; 0 where there is none. */
  versionOf(kind: RecordKind, id: string): Promise<number>
  list<Kind extends RecordKind>(kind: Kind): Promise<RecordDocuments[Kind][]>
}

type Held = { readonly v: number; readonly doc: RecordDocuments[RecordKind] }

/** As long as nobody turns pages. */
const idleMs = 1_000

type Resident = {
  readonly kinds: Map<RecordKind, Map<string, Held>>
  version: number
  /** Of the products that are held; told of what changes. */
  index: SearchIndex | null
}

/** Keeps all records in memory: a till looks up, searches and scans without touching the disk. */
export function createCatalogue(
  store: DeviceStore,
  events: Events,
  timers = browserTimers,
): ResidentCatalogue {
  let resident: Promise<Resident> | null = null
  let timesDropped = 0
  let callOff: (() => void) | null = null
  const read = (): Promise<Resident> => (resident ??= loadAll(store))
  const listOf = async <Kind extends RecordKind>(kind: Kind) => listHeld(await read(), kind)

  events.listen(({ recordKeys }: DeviceEvent) => {
    if (recordKeys === undefined || resident === null) return
    if (recordKeys === 'all') timesDropped += 1
    resident = recordKeys === 'all' ? null : resident.then((before) => reload(store, before, recordKeys))
  })

  const prepare = async (): Promise<void> => {
    const dropped = timesDropped
    const index = await indexOf(await read())
    await index.prepare(() => dropped !== timesDropped)
  }

  return {
    shopRecords: async () => {
      const { version } = await read()
      const [categories, staff] = await Promise.all([listOf('category'), listOf('staff')])
      return {
        version,
        categories: categories.sort((one, other) => one.position - other.position),
        modifierSets: await listOf('modifier-set'),
        taxClasses: await listOf('tax-class'),
        stores: await listOf('store'),
        registers: await listOf('register'),
        staff: staff.map(({ staffId, name, role }) => ({ staffId, name, role })),
      }
    },
    searchProducts: async (text, limit) => (await indexOf(await read())).search(text, limit),
    findByBarcode: async (barcode) => (await indexOf(await read())).findByCode(barcode),
    prepareSearch: () => {
      callOff?.()
      // Code that can't be fetched now is fetched by whoever searches.
      callOff = timers.after(idleMs, () => void prepare().catch(() => undefined))
    },
    find: async <Kind extends RecordKind>(kind: Kind, id: string) =>
      ((await read()).kinds.get(kind)?.get(id)?.doc as RecordDocuments[Kind] | undefined) ?? null,
    versionOf: async (kind, id) => (await read()).kinds.get(kind)?.get(id)?.v ?? 0,
    list: listOf,
  }
}

/** A till sells without it: it is fetched and built when the first tiles have been drawn. */
const searchCode = onceLoaded(() => import('./search-index.ts'))

async function indexOf(catalogue: Resident): Promise<SearchIndex> {
  const { createSearchIndex } = await searchCode()
  return (catalogue.index ??= createSearchIndex(() => listHeld(catalogue, 'product')))
}

function listHeld<Kind extends RecordKind>({ kinds }: Resident, kind: Kind): RecordDocuments[Kind][] {
  return [...(kinds.get(kind)?.values() ?? [])].map(({ doc }) => doc as RecordDocuments[Kind])
}

async function loadAll(store: DeviceStore): Promise<Resident> {
  const resident: Resident = { kinds: new Map(), version: 0, index: null }
  for (const row of await store.listRecords()) hold(resident, row.kind, row.id, row)
  return resident
}

type Keys = readonly (readonly [RecordKind, string])[]

async function reload(store: DeviceStore, resident: Resident, keys: Keys): Promise<Resident> {
  const rows = await store.loadRecords(keys)
  // Who reads meanwhile waits for all of them; a sale does not read.
  return (await inSlices(takeIn(resident, keys, rows)))!
}

function* takeIn(resident: Resident, keys: Keys, rows: readonly (Row | undefined)[]): Steps<Resident> {
  for (const [index, [kind, id]] of keys.entries()) {
    const before = resident.kinds.get(kind)?.get(id)?.doc ?? null
    const row = rows[index]
    hold(resident, kind, id, row)
    if (kind === 'product')
      resident.index?.update(before as Product | null, (row?.doc ?? null) as Product | null)
    yield
  }
  return resident
}

type Row = { readonly v: number; readonly doc: RecordDocuments[RecordKind] | null }

/** Without a row, or where an own edit has deleted the record, it leaves. */
function hold(resident: Resident, kind: RecordKind, id: string, row: Row | undefined): void {
  const doc = row?.doc ?? null
  if (row === undefined || doc === null) {
    resident.kinds.get(kind)?.delete(id)
    return
  }
  let held = resident.kinds.get(kind)
  if (!held) resident.kinds.set(kind, (held = new Map()))
  held.set(id, { v: row.v, doc })
  resident.version = Math.max(resident.version, row.v)
}
