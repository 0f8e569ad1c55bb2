import { foldText } from '#domain/search-words.ts'
import type { OrderSummary } from '../storage/orders-list.ts'
import type { Store } from '../storage/store.ts'
import type { DeviceApi } from './api.ts'
import type { OrderCard, SyncState } from './api-selling.ts'
import type { ResidentCatalogue } from './catalogue.ts'

type OrdersDependencies = {
  readonly store: Store
  readonly catalogue: Pick<ResidentCatalogue, 'find'>
  readonly sign: (text: string) => Promise<string>
  /** Where anyone may check a receipt. */
  readonly origin: string
}

/** The list of recent orders and one of them in full. */
export function createOrders({
  store,
  catalogue,
  sign,
  origin,
}: OrdersDependencies): Pick<DeviceApi, 'recentOrders' | 'order'> {
  return {
    recentOrders: async ({ text, limit, thisRegisterOnly }) => {
      const [install, sync] = await Promise.all([store.loadInstall(), store.loadSync()])
      const asked = foldText(text.trim())
      const orders = await store.listOrders({
        most: limit,
        isAsked: (order) =>
          (!thisRegisterOnly || order.registerId === install?.registerId) && matches(order, asked),
      })
      return orders.map((order) => cardOf(order, sync?.ackedSeq ?? 0))
    },
    order: async (orderId) => {
      const [row, sync, install] = await Promise.all([
        store.loadOrder(orderId),
        store.loadSync(),
        store.loadInstall(),
      ])
      if (row === null) return null
      const { order, status, seq, hash } = row
      const staff = order.staffId === null ? null : await catalogue.find('staff', order.staffId)
      const isOwn = install !== null && seq !== undefined && hash !== undefined
      return {
        order,
        status,
        hash: hash ?? null,
        proof: isOwn ? await proofOf({ installId: install.installId, seq, hash }) : null,
        syncState: syncStateOf(seq ?? null, sync?.ackedSeq ?? 0),
        staffName: staff?.name ?? null,
      }
    },
  }

  /** Behind the #, so that it is in no log of any server. */
  async function proofOf(place: { installId: string; seq: number; hash: string }): Promise<string> {
    const signature = await sign(`evertill-receipt:${place.hash}`)
    return `${origin}/check#1.${place.installId.replaceAll('-', '')}.${place.seq}.${place.hash}.${signature}`
  }
}

function matches({ receiptNumber, lineNames }: OrderSummary, asked: string): boolean {
  if (asked === '' || foldText(receiptNumber).includes(asked)) return true
  return lineNames.split('\n').some((name) => foldText(name).includes(asked))
}

function cardOf(order: OrderSummary, ackedSeq: number): OrderCard {
  const { orderId, receiptNumber, occurredAt, registerId, totalMinor, itemsMilli } = order
  const [first = '', ...others] = order.lineNames.split('\n')
  return {
    orderId,
    receiptNumber,
    occurredAt,
    registerId,
    totalMinor,
    itemsMilli,
    title: others.length === 0 ? first : `${first} +${others.length}`,
    isRefund: order.refundOf !== null || totalMinor < 0,
    syncState: syncStateOf(order.seq, ackedSeq),
  }
}

function syncStateOf(seq: number | null, ackedSeq: number): SyncState {
  if (seq === null) return 'from-elsewhere'
  return seq <= ackedSeq ? 'sent' : 'only-here'
}
