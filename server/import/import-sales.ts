import type { Store } from '#domain/catalogue.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import type { ImportedOrder } from '#import/imported-order.ts'
import { parseMap } from '#import/parse-map.ts'
import { prepareSales, type PreparedSales } from '#import/prepare-sales.ts'
import { IMPORT_CHUNK_ORDERS, type ImportedOrderWire } from '#protocol/import.ts'
import type { Database } from '../database/pool.ts'
import { listRecords } from '../database/write-records.ts'
import { appendToImport, beginImport, endImport } from './take-import.ts'

export type SalesFile = { readonly name: string; readonly bytes: Uint8Array }

export type FileChoices = {
  readonly dateOrder: 'ymd' | 'mdy' | 'dmy' | null
  readonly decimalMark: '.' | ',' | null
  /** For rows that name no store; '' where none was given. */
  readonly storeName: string
  /** `field=Column,…`; null: recognise. */
  readonly map: string | null
  /** IANA zone; null: the first store's. */
  readonly timeZone: string | null
}

/** A file as it was read, with what its amounts are in. */
export type ReadSales = PreparedSales & {
  readonly currency: { readonly code: string; readonly exponent: number }
}

export type TakenSales = {
  readonly importId: string
  readonly ordersTaken: number
  readonly ordersKnown: number
  readonly wasCancelled: boolean
}

/** Reads a file for this business; changes nothing. */
export async function readSales(
  database: Database,
  tenantId: string,
  file: SalesFile,
  choices: FileChoices,
): Promise<Result<ReadSales>> {
  const store = await firstStore(database, tenantId)
  if (!store) return failed('import/no-store', 'The business has no store.', 'Set one up first: npm start.')
  const { currency } = store.pricing
  const { map } = choices
  const read = prepareSales(file, {
    mapping: map === null ? null : (header) => parseMap(map, header),
    dateOrder: choices.dateOrder,
    decimalMark: choices.decimalMark,
    fallbackStoreName: choices.storeName,
    storeTimeZone: choices.timeZone ?? store.timeZone,
    currency,
  })
  return read.ok ? success({ ...read.value, currency }) : read
}

/** Takes orders in pieces of one transaction each; ends after the piece under way when `cancelled`. */
export async function takeSales(
  database: Database,
  tenantId: string,
  about: { readonly fileName: string; readonly source: string; readonly rowsRefused: number },
  orders: readonly ImportedOrder[],
  watch: { readonly progress?: (done: number) => void; readonly cancelled?: AbortSignal } = {},
): Promise<Result<TakenSales>> {
  const begun = await beginImport(database, tenantId, about)
  if (!begun.ok) return begun
  const { importId } = begun.value
  let ordersTaken = 0
  let ordersKnown = 0
  for (let at = 0; at < orders.length && !watch.cancelled?.aborted; at += IMPORT_CHUNK_ORDERS) {
    const piece = orders.slice(at, at + IMPORT_CHUNK_ORDERS)
    const taken = await appendToImport(database, tenantId, importId, onWire(piece))
    if (!taken.ok) return taken
    ordersTaken += taken.value.taken
    ordersKnown += taken.value.known
    watch.progress?.(at + piece.length)
  }
  const wasCancelled = ordersTaken + ordersKnown < orders.length
  const ended = await endImport(database, tenantId, importId, wasCancelled)
  return ended.ok ? success({ importId, ordersTaken, ordersKnown, wasCancelled }) : ended
}

async function firstStore(database: Database, tenantId: string): Promise<Store | undefined> {
  const stores = await database.asTenant(tenantId, (tx) => listRecords(tx, 'store'))
  return stores[0]
}

/** The wire's type is the same but for `readonly`. */
function onWire(orders: readonly ImportedOrder[]): ImportedOrderWire[] {
  return orders as unknown as ImportedOrderWire[]
}
