import { businessTime } from '#domain/business-time.ts'
import { roundCash } from '#domain/cash-rounding.ts'
import type { Store } from '#domain/catalogue.ts'
import { failed, type Result, success } from '#domain/failure.ts'
import type { PaidOrder, TenderKind } from '#domain/order.ts'
import { totalsOf } from '#domain/price-order.ts'
import { type RefundChoice, refundedQuantities, refundLines } from '#domain/refund.ts'
import type { SaleToCommit } from '../storage/sale.ts'
import type { DeviceApi } from './api.ts'
import { movementOf, type SaleContext } from './build-sale.ts'
import { notARegister, takenOutOfUse, type TillDependencies } from './till.ts'
import { unlessFull } from './unless-full.ts'

/** [R1] Money back for sales that this device holds, offline too. */
export function createRefunds(
  dependencies: Omit<TillDependencies, 'catalogue'>,
): Pick<DeviceApi, 'refundOrder'> {
  const { store, events, clock, newId, wakeSync } = dependencies
  return {
    refundOrder: async (orderId, choices, tender) => {
      const [install, sync, session, sale, refunds] = await Promise.all([
        store.loadInstall(),
        store.loadSync(),
        store.loadSession(),
        store.loadOrder(orderId),
        store.listRefunds(orderId),
      ])
      const place = install?.storeId ? await store.loadRecord('store', install.storeId) : null
      if (!install?.registerId || !place) return notARegister
      if (sync?.isRevoked) return takenOutOfUse
      if (sale === null) return notHere
      const before = refunds.map(({ order }) => order)
      const built = buildRefund(
        sale.order,
        before,
        { choices, tender },
        {
          store: place,
          registerId: install.registerId,
          staffId: session?.staffId ?? null,
          now: clock(),
          newId,
        },
      )
      if (!built.ok) return built
      return unlessFull(async () => {
        const sold = await store.commitRefund({ ...built.value, sale, refunds: before })
        if (!sold.ok) return sold
        events.emit({ topics: ['orders', 'status', 'sales'] })
        wakeSync()
        return sold
      })
    },
  }
}

/**
 * The order that takes lines of a sale back: negative, at the prices and taxes of the sale. Cash is rounded to the smallest coin.
 * Failures: `refund/empty`, `refund/of-refund`, and those of `refundLines`.
 */
export function buildRefund(
  sale: PaidOrder,
  refundsBefore: readonly Pick<PaidOrder, 'lines'>[],
  asked: { readonly choices: readonly RefundChoice[]; readonly tender: TenderKind },
  context: SaleContext & { readonly store: Pick<Store, 'storeId' | 'timeZone'> },
): Result<SaleToCommit> {
  const { store, registerId, staffId, now, newId } = context
  if (sale.refundOf !== null)
    return failed('refund/of-refund', 'This is a refund itself.', 'Open the sale that it belongs to.')
  if (asked.choices.length === 0)
    return failed('refund/empty', 'Nothing is chosen to give back.', 'Choose an item.')
  const refunded = refundLines(sale, asked.choices, refundedQuantities(refundsBefore))
  if (!refunded.ok) return refunded
  const lines = refunded.value
  const totals = totalsOf(lines)
  const cashRoundingMinor =
    asked.tender === 'cash' ? roundCash(totals.totalMinor, sale.pricing.currency).roundingMinor : 0
  const amountMinor = totals.totalMinor + cashRoundingMinor
  const payment = { paymentId: newId(), tender: asked.tender, amountMinor }
  const { day, hour } = businessTime(now, store.timeZone)
  return success({
    opId: newId(),
    newShift: { shiftId: newId(), opId: newId() },
    order: {
      orderId: newId(),
      storeId: store.storeId,
      registerId,
      status: 'paid',
      occurredAt: now,
      businessDay: day,
      businessHour: hour,
      staffId,
      customerId: sale.customerId,
      refundOf: sale.orderId,
      pricing: sale.pricing,
      lines,
      orderDiscount: null,
      totals,
      cashRoundingMinor,
      payments: [{ ...payment, tenderedMinor: amountMinor, changeMinor: 0 }],
      movements: lines.flatMap((line) => movementOf(line, newId)),
      note: null,
    },
  })
}

const notHere = failed(
  'refund/not-here',
  'This sale is not on this device.',
  'Connect to the network, or give the money back at the register that sold it.',
)
