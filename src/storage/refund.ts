import { failed, type Result, success } from '#domain/failure.ts'
import type { PaidOrder } from '#domain/order.ts'
import { isAllBack, refundedQuantities } from '#domain/refund.ts'
import type { Device } from './room.ts'
import type { OrderRow } from './rows.ts'
import { commitOrder, type CommittedSale, type SaleToCommit } from './sale.ts'
import type { WriteTransaction } from './tables.ts'

/** `order.refundOf` is the sale. What the transaction can't look up comes with it. */
export type RefundToCommit = SaleToCommit & {
  /** The sale as it was found, in a row of its own or in a pack. */
  readonly sale: OrderRow
  /** Refunds of it that were found, in packs too. */
  readonly refunds: readonly PaidOrder[]
}

/**
 * [R1] Commits a refund as a sale is committed, and marks the sale as refunded once all of its money went back. Two tabs
 * cannot give the same money back. Failures: `refund/more-than-sold`, of what this device knows.
 */
export function commitRefund(device: Device, refund: RefundToCommit): Promise<Result<CommittedSale>> {
  return commitOrder(device, refund, (tx) => refundable(tx, refund))
}

async function refundable(
  tx: WriteTransaction,
  { order, sale, refunds: found }: RefundToCommit,
): Promise<Result<() => void>> {
  const { orderId } = sale
  const [held = sale, rows] = await Promise.all([
    tx.get('orders', orderId),
    tx.list('orders', { index: 'refundOf', from: orderId, to: orderId }),
  ])
  const sold = held.order ?? sale.order
  if (sold === null) return moreThanSold
  const refunds = new Map<string, Pick<PaidOrder, 'lines' | 'totals'>>([
    ...found.map((each) => [each.orderId, each] as const),
    ...rows.flatMap((row) => (row.order ? [[row.orderId, row.order] as const] : [])),
    [order.orderId, order],
  ])
  if (isMoreThanSold(sold, [...refunds.values()])) return moreThanSold
  return success(() => {
    if (isAllBack(sold, [...refunds.values()]))
      tx.put('orders', [{ ...held, order: sold, status: 'refunded' }])
  })
}

function isMoreThanSold(sold: PaidOrder, refunds: readonly Pick<PaidOrder, 'lines'>[]): boolean {
  const left = new Map(sold.lines.map(({ lineId, quantityMilli }) => [lineId, quantityMilli]))
  return [...refundedQuantities(refunds)].some(
    ([lineId, quantityMilli]) => quantityMilli > (left.get(lineId) ?? 0),
  )
}

const moreThanSold = failed(
  'refund/more-than-sold',
  'This was given back already.',
  'Look at the refunds of this sale.',
)
