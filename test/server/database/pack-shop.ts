import { randomUUID } from 'node:crypto'
import type { PaidOrder } from '#domain/order.ts'
import type { OrderPack } from '#protocol/pull.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import { type PackSealing, sealPacks } from '../../../server/database/order-packs.ts'
import { writeOrders } from '../../../server/database/write-orders.ts'
import { packing } from '../../../server/packing.ts'
import type { InstallState } from '../../../server/use-cases/ports.ts'
import type { ChangesReading } from '../../../server/use-cases/read-changes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { type LoadedPage, readingOf, readWholeLoad, storeJournal } from '../reading-device.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

const dayMs = 86_400_000

/** A business day before the present one. */
export function dayAgo(days: number): string {
  return new Date(Date.now() - days * dayMs).toISOString().slice(0, 10)
}

/** A shop whose packs hold four orders each. */
export type PackShop = {
  readonly on: TestDatabase
  readonly shop: Shop
  readonly register: VirtualRegister
  readonly install: InstallState
  readonly reading: ChangesReading
  sealing(clock?: () => number): PackSealing
  seal(clock?: () => number): Promise<number>
  sell(count: number, businessDay?: string): Promise<readonly PaidOrder[]>
  /** Stores what the register has journalled. */
  send(): Promise<void>
  refund(order: PaidOrder): Promise<void>
  /** As an import brings orders, and takes them back. */
  bringIn(count: number): Promise<readonly PaidOrder[]>
  withdraw(orders: readonly PaidOrder[]): Promise<void>
  load(): Promise<LoadedPage[]>
  countPacks(): Promise<number>
}

export async function openPackShop(): Promise<PackShop> {
  const on = await createTestDatabase()
  const { database } = on
  const shop = await openShop(database)
  const ingest = createIngestStore(database)
  const reading = readingOf(database)
  const register = await enrolRegister(database, shop)
  const install = (await ingest.findInstall(register.installId))!
  const sealing = (clock: () => number = Date.now): PackSealing => ({
    database,
    packing,
    clock,
    ordersAPack: 4,
  })
  const send = (): Promise<void> => storeJournal(ingest, register)
  return {
    on,
    shop,
    register,
    install,
    reading,
    sealing,
    send,
    seal: (clock) => sealPacks(sealing(clock), shop.tenantId, shop.store.storeId),
    async sell(count, businessDay = dayAgo(0)) {
      const sold = Array.from({ length: count }, (_, index) =>
        register.sell({ businessDay, quantity: index + 1 }),
      )
      await send()
      return sold
    },
    refund(order) {
      register.append('task.done', {})
      return storeJournal(ingest, register, { refundedOrderIds: [order.orderId] })
    },
    async bringIn(count) {
      const orders = Array.from({ length: count }, () => register.buildOrder({ businessDay: dayAgo(0) }))
      await database.asTenant(shop.tenantId, async (tx) => {
        await tx.query('select next_version($1)', [shop.tenantId])
        const importId = randomUUID()
        const toStore = orders.map((order) => ({
          order,
          installId: null,
          seq: null,
          importId,
          shiftId: null,
        }))
        await writeOrders(tx, toStore, 'all-new')
      })
      return orders
    },
    async withdraw(orders) {
      await database.asTenant(shop.tenantId, async (tx) => {
        await tx.query('select next_version($1)', [shop.tenantId])
        await tx.query(
          `update orders set status = 'withdrawn', v = current_version() where order_id = any ($1::uuid[])`,
          [idsOf(orders)],
        )
      })
    },
    load: () => readWholeLoad(reading, install),
    async countPacks() {
      const [row] = await database.asTenant(shop.tenantId, (tx) =>
        tx.query<{ count: number }>('select count(*) as count from order_pack'),
      )
      return row!.count
    },
  }
}

export async function docsOf({ docs }: OrderPack): Promise<PaidOrder[]> {
  const text = await packing.inflate(docs, 100_000_000)
  return text!.split('\n').map((line) => JSON.parse(line) as PaidOrder)
}

export function packsOf(pages: readonly LoadedPage[]): OrderPack[] {
  return pages.flatMap((page) => page.packs)
}

export function singlesOf(pages: readonly LoadedPage[]): LoadedPage['orders'] {
  return pages.flatMap((page) => page.orders)
}

export function idsOf(orders: readonly PaidOrder[]): string[] {
  return orders.map(({ orderId }) => orderId).toSorted()
}

/** Ids of the orders that a device holds then, each once. */
export function heldIds(pages: readonly LoadedPage[]): string[] {
  const packed = packsOf(pages).flatMap(({ orderIds }) => orderIds)
  return [...new Set([...packed, ...singlesOf(pages).map(({ id }) => id)])].toSorted()
}
