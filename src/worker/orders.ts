import { isRefund } from '#domain/reduce-sales.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { OrderRow } from '../storage/rows.ts'
import type { Store } from '../storage/store.ts'
import type { DeviceApi, OrderCard, SyncState } from './api.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import { foldText } from './search-index.ts'

const ROWS_AT_ONCE = 200
/** A search looks this far back: older sales are in the reports. */
const MOST_ROWS = 5_000

/** The list of recent orders and one of them in full. */
export function createOrders(
  store: Store,
  catalogue: ResidentCatalogue,
): Pick<DeviceApi, 'recentOrders' | 'order'> {
  return {
    recentOrders: async ({ text, limit, thisRegisterOnly }) => {
      const [install, sync] = await Promise.all([store.loadInstall(), store.loadSync()])
      const asked = foldText(text.trim())
      const cards: OrderCard[] = []
      for (let skip = 0; skip < MOST_ROWS && cards.length < limit; skip += ROWS_AT_ONCE) {
        const rows = await store.listOrders(skip, ROWS_AT_ONCE)
        for (const row of rows) {
          const isAsked = !thisRegisterOnly || row.order.registerId === install?.registerId
          if (isAsked && matches(row.order, asked)) cards.push(cardOf(row, sync?.ackedSeq ?? 0))
        }
        if (rows.length < ROWS_AT_ONCE) break
      }
      return cards.slice(0, limit)
    },
    order: async (orderId) => {
      const [row, sync] = await Promise.all([store.loadOrder(orderId), store.loadSync()])
      if (row === null) return null
      const { staffId } = row.order
      const staff = staffId === null ? null : await catalogue.find('staff', staffId)
      return {
        order: row.order,
        hash: row.hash ?? null,
        syncState: syncStateOf(row, sync?.ackedSeq ?? 0),
        staffName: staff?.name ?? null,
      }
    },
  }
}

function matches({ receiptNumber, lines }: PaidOrder, asked: string): boolean {
  if (asked === '' || foldText(receiptNumber).includes(asked)) return true
  return lines.some((line) => foldText(line.name).includes(asked))
}

function cardOf(row: OrderRow, ackedSeq: number): OrderCard {
  const { orderId, receiptNumber, occurredAt, registerId, totals, lines } = row.order
  const [first, ...others] = lines
  return {
    orderId,
    receiptNumber,
    occurredAt,
    registerId,
    totalMinor: totals.totalMinor,
    itemsMilli: lines.reduce((sum, line) => sum + line.quantityMilli, 0),
    title: others.length === 0 ? (first?.name ?? '') : `${first?.name} +${others.length}`,
    isRefund: isRefund(row.order),
    syncState: syncStateOf(row, ackedSeq),
  }
}

function syncStateOf({ seq }: OrderRow, ackedSeq: number): SyncState {
  if (seq === undefined) return 'from-elsewhere'
  return seq <= ackedSeq ? 'sent' : 'only-here'
}
