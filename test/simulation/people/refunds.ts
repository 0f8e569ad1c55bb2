import type { PaidOrder, Payment, StockMovement } from '#domain/order.ts'
import { isRefund } from '#domain/reduce-sales.ts'
import { refundedQuantities, refundLines } from '#domain/refund.ts'
import type { OrderRow } from '../../../src/storage/rows.ts'
import type { SaleToCommit } from '../../../src/storage/sale.ts'
import { installOf, rowsOn } from '../device/device.ts'
import type { Tab } from '../device/device.ts'
import type { World } from '../world.ts'
import { type Deed, deviceNow, perform } from './deed.ts'
import { shownOrders } from './orders.ts'

/** Gives the money back for a sale that this device shows, all of it or one line. */
export const refund: Deed = (world, tab) => {
  const sales = shownOrders(tab).filter(({ order }) => !isRefund(order))
  if (sales.length === 0) return
  const { orderId, order: sold } = world.chance().pick(sales)
  giveBack(world, tab, orderId, sold, 'refund')
}

/** With the paper of another register in hand, whose sale has not come here, nor perhaps to the server, yet. */
export const refundFromElsewhere: Deed = (world, tab) => {
  const storeId = installOf(tab.device)?.storeId
  const others = world.devices.filter((device) => device !== tab.device)
  const sales = others.flatMap((device) =>
    rowsOn<OrderRow>(device.disk, 'orders').flatMap((row) =>
      row.order?.storeId === storeId && row.order && row.seq !== undefined && !isRefund(row.order)
        ? [row.order]
        : [],
    ),
  )
  if (sales.length === 0) return
  const sold = world.chance().pick(sales)
  giveBack(world, tab, sold.orderId, sold, 'refund with the paper of another register')
}

export const refundTwice: Deed = (world, tab) => {
  const sales = shownOrders(tab).filter(({ order }) => !isRefund(order))
  if (sales.length === 0) return
  const { orderId, order: sold } = world.chance().pick(sales)
  giveBack(world, tab, orderId, sold, 'refund twice')
  giveBack(world, world.chance().pick(tab.device.tabs), orderId, sold, 'refund twice')
}

function giveBack(world: World, tab: Tab, orderId: string, sold: PaidOrder, what: string): void {
  const built = buildRefund(world, tab, sold)
  if (!built) return
  const row = rowsOn<OrderRow>(tab.device.disk, 'orders').find((each) => each.orderId === orderId)
  const sale: OrderRow = row ?? {
    orderId,
    occurredAt: sold.occurredAt,
    receiptNumber: sold.receiptNumber,
    status: 'paid',
    generation: 0,
    v: 0,
    order: sold,
  }
  const toCommit = { ...built, sale, refunds: [] }
  perform(
    world,
    tab,
    what,
    built.opId,
    () => tab.store.commitRefund(toCommit),
    (answer) => answer.ok,
  )
}

function buildRefund(world: World, tab: Tab, sold: PaidOrder): SaleToCommit | null {
  const install = installOf(tab.device)
  if (!install?.storeId || !install.registerId) return null
  const refunds = shownOrders(tab).flatMap(({ order }) => (order.refundOf === sold.orderId ? [order] : []))
  const done = refundedQuantities(refunds)
  const left = sold.lines.flatMap(({ lineId, quantityMilli }) => {
    const leftMilli = quantityMilli - (done.get(lineId) ?? 0)
    return leftMilli > 0 ? [{ lineId, quantityMilli: leftMilli }] : []
  })
  const chosen = world.chance().oneIn(3) ? left.slice(0, 1) : left
  const lines = refundLines(sold, chosen, done)
  if (!lines.ok || lines.value.length === 0) return null
  const totals = totalsOf(lines.value)
  const payment: Payment = {
    paymentId: world.newId(),
    tender: 'card',
    amountMinor: totals.totalMinor,
    tenderedMinor: totals.totalMinor,
    changeMinor: 0,
  }
  return {
    opId: world.newId(),
    newShift: { shiftId: world.newId(), opId: world.newId() },
    order: {
      ...sold,
      orderId: world.newId(),
      storeId: install.storeId,
      registerId: install.registerId,
      occurredAt: deviceNow(world, tab),
      staffId: tab.staffId,
      refundOf: sold.orderId,
      lines: lines.value,
      orderDiscount: null,
      totals,
      cashRoundingMinor: 0,
      payments: [payment],
      movements: lines.value.flatMap(
        ({ productId, variantId, quantityMilli, isStockTracked }): StockMovement[] =>
          productId && isStockTracked
            ? [{ movementId: world.newId(), productId, variantId, quantityMilli: -quantityMilli }]
            : [],
      ),
    },
  }
}

function totalsOf(lines: PaidOrder['lines']): PaidOrder['totals'] {
  const sum = (read: (line: PaidOrder['lines'][number]) => number): number =>
    lines.reduce((total, line) => total + read(line), 0)
  return {
    grossMinor: sum((line) => line.grossMinor),
    discountMinor: sum((line) => line.discountMinor + line.orderDiscountMinor),
    netMinor: sum((line) => line.netMinor),
    taxMinor: sum((line) => line.taxMinor),
    taxes: [],
    totalMinor: sum((line) => line.totalMinor),
  }
}
