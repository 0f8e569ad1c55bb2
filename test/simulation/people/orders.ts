import type { ParkedOrder, Product, Store } from '#domain/catalogue.ts'
import type { OpenOrder, OrderLineInput, PaidOrder, TenderKind } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { roundCash } from '#domain/cash-rounding.ts'
import type { RecordRow } from '../../../src/storage/rows.ts'
import type { SaleToCommit } from '../../../src/storage/sale.ts'
import { buildSale } from '../../../src/worker/build-sale.ts'
import type { Chance } from '../chance.ts'
import { installOf, rowsOn, syncOf } from '../device/device.ts'
import type { Tab } from '../device/device.ts'
import { productIds } from '../shop.ts'
import type { World } from '../world.ts'
import { deviceNow } from './deed.ts'

/** A document as this device shows it; null where it has none. */
export function shownRecord<T>(tab: Tab, kind: string, id: string): { doc: T; v: number } | null {
  const row = rowsOn<RecordRow>(tab.device.disk, 'records').find(
    (each) => each.kind === kind && each.id === id,
  )
  return row?.doc ? { doc: row.doc as T, v: row.v } : null
}

export function shownRecords<T>(tab: Tab, kind: string): { id: string; doc: T; v: number }[] {
  return rowsOn<RecordRow>(tab.device.disk, 'records')
    .filter((row) => row.kind === kind && row.doc !== null)
    .map(({ id, doc, v }) => ({ id, doc: doc as T, v }))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** What somebody rings up, at the prices that the device shows. */
export function ringUp(world: World, tab: Tab): OpenOrder {
  const chance = world.chance()
  const lines = Array.from({ length: 1 + chance.int(2) }, () => lineFor(world, tab, chance))
  return {
    orderId: world.newId(),
    openedAt: deviceNow(world, tab),
    lines,
    orderDiscount: chance.oneIn(6) ? { kind: 'percent', rateBasisPoints: 1000, reason: 'friend' } : null,
    customerId: null,
    note: null,
    parkedAs: null,
  }
}

function lineFor(world: World, tab: Tab, chance: Chance): OrderLineInput {
  const id = chance.pick(productIds)
  const product = shownRecord<Product>(tab, 'product', id)?.doc ?? null
  const variant = product?.variants[0] ?? null
  return {
    lineId: world.newId(),
    // One that the device has not loaded yet, or that was deleted, is still sold by its barcode now and then.
    productId: product || chance.oneIn(2) ? id : null,
    variantId: variant?.variantId ?? null,
    categoryId: product?.categoryId ?? null,
    name: product?.name ?? 'Open item',
    variantName: null,
    sku: null,
    quantityMilli: 1000 * (1 + chance.int(3)),
    unitPriceMinor: variant?.priceMinor ?? 100,
    modifiers: [],
    discount: null,
    taxRates: [{ taxRateId: 'vat', name: 'VAT', rateBasisPoints: 1900, isCompound: false }],
    note: null,
    catalogueVersion: syncOf(tab.device)?.cursor ?? 0,
    isStockTracked: product?.isStockTracked ?? false,
  }
}

/** The order, paid in full; null where this device is no register or has not loaded its store yet. */
export function paidFor(world: World, tab: Tab, order: OpenOrder): SaleToCommit | null {
  const install = installOf(tab.device)
  const store = install?.storeId ? shownRecord<Store>(tab, 'store', install.storeId)?.doc : null
  if (!store || !install?.registerId) return null
  const tender: TenderKind = world.chance().oneIn(2) ? 'cash' : 'card'
  const totalMinor = priceOrder(order, store.pricing).totals.totalMinor
  const roundingMinor = tender === 'cash' ? roundCash(totalMinor, store.pricing.currency).roundingMinor : 0
  const amountMinor = totalMinor + roundingMinor
  const built = buildSale(order, [{ tender, amountMinor, tenderedMinor: amountMinor }], {
    store,
    registerId: install.registerId,
    staffId: tab.staffId,
    now: deviceNow(world, tab),
    newId: world.newId,
  })
  if (!built.ok) world.fail('deed', `buildSale: ${built.failure.code}`)
  return built.ok ? built.value : null
}

/** Orders that this device shows one by one, also those of other registers. */
export function shownOrders(tab: Tab): { orderId: string; order: PaidOrder; status: string }[] {
  return rowsOn<{ orderId: string; order: PaidOrder | null; status: string }>(tab.device.disk, 'orders')
    .flatMap((row) => (row.order ? [{ orderId: row.orderId, order: row.order, status: row.status }] : []))
    .sort((one, other) => (one.orderId < other.orderId ? -1 : 1))
}

export function shownParked(tab: Tab): { id: string; doc: ParkedOrder }[] {
  return shownRecords<ParkedOrder>(tab, 'parked-order')
}
