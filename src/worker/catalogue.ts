import type { RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { Store as DeviceStore } from '../storage/store.ts'
import type { ShopRecords } from './api-lists.ts'
import type { ProductHit } from './api-selling.ts'
import type { DeviceEvent, Events } from './events.ts'
import { buildSearchIndex, type SearchIndex } from './search-index.ts'

export type ResidentCatalogue = {
  shopRecords(): Promise<ShopRecords>
  searchProducts(text: string, limit: number): Promise<readonly ProductHit[]>
  findByBarcode(barcode: string): Promise<ProductHit | null>
  find<Kind extends RecordKind>(kind: Kind, id: string): Promise<RecordDocuments[Kind] | null>
  /** The version of a record held; 0 where there is none. */
  versionOf(kind: RecordKind, id: string): Promise<number>
  list<Kind extends RecordKind>(kind: Kind): Promise<RecordDocuments[Kind][]>
}

type Held = { readonly v: number; readonly doc: RecordDocuments[RecordKind] }

type Resident = {
  readonly kinds: Map<RecordKind, Map<string, Held>>
  version: number
  /** Built at the first search after all was loaded; told of what changes since. */
  index: SearchIndex | null
}

/** Keeps all records in memory: a till looks up, searches and scans without touching the disk. */
export function createCatalogue(store: DeviceStore, events: Events): ResidentCatalogue {
  let resident: Promise<Resident> | null = null
  const read = (): Promise<Resident> => (resident ??= loadAll(store))
  const listOf = async <Kind extends RecordKind>(kind: Kind): Promise<RecordDocuments[Kind][]> => {
    const held = (await read()).kinds.get(kind)
    return [...(held?.values() ?? [])].map(({ doc }) => doc as RecordDocuments[Kind])
  }

  events.listen(({ recordKeys }: DeviceEvent) => {
    if (recordKeys === undefined || resident === null) return
    resident = recordKeys === 'all' ? null : resident.then((before) => reload(store, before, recordKeys))
  })

  const indexOf = (catalogue: Resident): SearchIndex => {
    const products = [...(catalogue.kinds.get('product')?.values() ?? [])]
    return (catalogue.index ??= buildSearchIndex(
      products.map(({ doc }) => doc as RecordDocuments['product']),
    ))
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
    searchProducts: async (text, limit) => indexOf(await read()).search(text, limit),
    findByBarcode: async (barcode) => indexOf(await read()).findByCode(barcode),
    find: async <Kind extends RecordKind>(kind: Kind, id: string) =>
      ((await read()).kinds.get(kind)?.get(id)?.doc as RecordDocuments[Kind] | undefined) ?? null,
    versionOf: async (kind, id) => (await read()).kinds.get(kind)?.get(id)?.v ?? 0,
    list: listOf,
  }
}

async function loadAll(store: DeviceStore): Promise<Resident> {
  const resident: Resident = { kinds: new Map(), version: 0, index: null }
  for (const row of await store.listRecords()) hold(resident, row.kind, row.id, row)
  return resident
}

async function reload(
  store: DeviceStore,
  resident: Resident,
  keys: readonly (readonly [RecordKind, string])[],
): Promise<Resident> {
  const rows = await store.loadRecords(keys)
  for (const [index, [kind, id]] of keys.entries()) {
    const row = rows[index]
    hold(resident, kind, id, row)
    if (kind === 'product')
      resident.index?.update(id, (row?.doc ?? null) as RecordDocuments['product'] | null)
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
