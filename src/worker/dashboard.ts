import { businessTime } from '#domain/business-time.ts'
import type { Store } from '#domain/catalogue.ts'
import { addCells, cellsOfOrder, emptyCells, listCells } from '#domain/reduce-sales.ts'
import type { SalesQuery, SalesReport } from '#domain/report.ts'
import type { Segment } from '#domain/rollups.ts'
import { type OwnSales, salesReport } from '#domain/sales-report.ts'
import type { Unsent } from '../storage/journal.ts'
import type { OwnOrder } from '../storage/orders.ts'
import type { ContactRow, InstallRow, SyncRow } from '../storage/rows.ts'
import type { NamedSalesReport, RegisterHeard } from './api-selling.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Clock } from './dependencies.ts'

/** Where pulls are: what decides whether the segments held are still those on the disk. */
type PullPlace = Pick<SyncRow, 'generation' | 'cursor' | 'load' | 'pulledSeq' | 'lastPullAt'>

/** What a report needs of src/storage. */
type DashboardStore = {
  loadInstall(): Promise<InstallRow | null>
  loadSync(): Promise<PullPlace | null>
  loadUnsent(): Promise<Unsent>
  listSegments(): Promise<readonly Segment[]>
  listOwnOrdersAbove(seq: number): Promise<readonly OwnOrder[]>
  listContacts(): Promise<readonly ContactRow[]>
}

export type Dashboard = { salesReport(query: SalesQuery): Promise<NamedSalesReport> }

/** [D1] Answers reports from what the device holds: segments stay in memory between two pulls, own sales are added on top. */
export function createDashboard({
  store,
  catalogue,
  clock,
}: {
  readonly store: DashboardStore
  readonly catalogue: Pick<ResidentCatalogue, 'find' | 'list'>
  readonly clock: Clock
}): Dashboard {
  const ownOrders = residentOwnOrders(store)
  const segments = residentSegments(store)
  return {
    salesReport: async (query) => {
      const [install, sync, stores] = await Promise.all([
        store.loadInstall(),
        store.loadSync(),
        catalogue.list('store'),
      ])
      // Own sales before segments: what a pull adds to the segments in between is then known to be in both, and is left out.
      const orders = await ownOrders(sync)
      const held = await segments(sync)
      const own = ownSales(orders, held, install?.installId ?? '')
      const report = salesReport(query, held, own)
      const asked = storesOf(query, stores)
      const [names, registers] = await Promise.all([
        namesOf(report, catalogue),
        heardRegisters(asked, { store, catalogue, clock }, install?.registerId ?? null),
      ])
      const { day, hour } = businessTime(clock(), stores[0]?.timeZone ?? 'UTC')
      const { code, exponent } = asked[0]?.pricing.currency ?? noCurrency
      return {
        report,
        names,
        currency: { code, exponent },
        registers,
        stores: stores.map(({ storeId, name }) => ({ storeId, name })),
        asOf: sync?.lastPullAt ?? null,
        today: day,
        hourNow: hour,
      }
    },
  }
}

/** ISO 4217's code for "no currency": until the first store has been loaded. */
const noCurrency = { code: 'XXX', exponent: 2 } as const

/** [D1] The sums of those own orders that the segment of their store and month does not hold yet. */
function ownSales(orders: readonly OwnOrder[], segments: readonly Segment[], installId: string): OwnSales[] {
  const included = new Map(
    segments.map((segment) => [`${segment.storeId} ${segment.month}`, segment.included[installId] ?? 0]),
  )
  const sums = new Map<string, ReturnType<typeof emptyCells>>()
  for (const { seq, order } of orders) {
    if (seq <= (included.get(`${order.storeId} ${order.businessDay.slice(0, 7)}`) ?? 0)) continue
    let cells = sums.get(order.storeId)
    if (!cells) sums.set(order.storeId, (cells = emptyCells()))
    addCells(cells, cellsOfOrder(order))
  }
  return [...sums].map(([storeId, cells]) => ({ storeId, cells: listCells(cells) }))
}

/** Own orders above what was pulled. A journal only grows, so each look reads no more than what is new. */
function residentOwnOrders(store: DashboardStore) {
  let orders: OwnOrder[] = []
  /** The orders are complete above this place in the journal. */
  let from = Infinity
  return async (sync: PullPlace | null): Promise<readonly OwnOrder[]> => {
    const pulledSeq = sync?.pulledSeq ?? 0
    const isBehind = pulledSeq < from
    const kept = isBehind ? [] : orders.filter(({ seq }) => seq > pulledSeq)
    const fresh = await store.listOwnOrdersAbove(kept.at(-1)?.seq ?? pulledSeq)
    orders = [...kept, ...fresh]
    from = pulledSeq
    return orders
  }
}

/** Segments change with a pulled page only, and each page moves the cursor or the load. */
function residentSegments(store: DashboardStore) {
  let segments: readonly Segment[] = []
  let readAt: string | null = null
  return async (sync: PullPlace | null): Promise<readonly Segment[]> => {
    const at = sync && `${sync.generation} ${sync.cursor} ${sync.load?.after ?? ''}`
    if (at !== readAt || at === null) {
      segments = await store.listSegments()
      readAt = at
    }
    return segments
  }
}

function storesOf(query: SalesQuery, stores: readonly Store[]): readonly Store[] {
  return query.storeIds === null
    ? stores
    : stores.filter((candidate) => query.storeIds?.includes(candidate.storeId))
}

async function namesOf(
  report: SalesReport,
  catalogue: Pick<ResidentCatalogue, 'find'>,
): Promise<Record<string, string>> {
  const names: Record<string, string> = {}
  const kinds = [
    ['product', report.products],
    ['category', report.categories],
    ['store', report.stores],
    ['register', report.registers],
  ] as const
  for (const [kind, rows] of kinds) {
    for (const { id } of rows) {
      const record = id === '' ? null : await catalogue.find(kind, id)
      if (record) names[id] = record.name
    }
  }
  return names
}

async function heardRegisters(
  stores: readonly Store[],
  { store, catalogue, clock }: Parameters<typeof createDashboard>[0],
  ownRegisterId: string | null,
): Promise<RegisterHeard[]> {
  const [registers, contacts, unsent] = await Promise.all([
    catalogue.list('register'),
    store.listContacts(),
    store.loadUnsent(),
  ])
  const heardAt = new Map(contacts.map((contact) => [contact.registerId, contact.heardAt]))
  const storeNames = new Map(stores.map(({ storeId, name }) => [storeId, name]))
  return registers
    .filter(({ storeId }) => storeNames.has(storeId))
    .map(({ registerId, name, storeId }) => {
      const isThisDevice = registerId === ownRegisterId
      return {
        registerId,
        name,
        storeName: storeNames.get(storeId) ?? '',
        heardAt: isThisDevice ? clock() : (heardAt.get(registerId) ?? null),
        isThisDevice,
        unsentCount: isThisDevice ? unsent.count : 0,
      }
    })
}
