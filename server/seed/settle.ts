import { roundCash } from '#domain/cash-rounding.ts'
import type { Currency } from '#domain/currency.ts'
import type { Payment, TenderKind } from '#domain/order.ts'
import { changeDue, quickCash } from '#domain/quick-cash.ts'
import { runningSumsOf } from './random.ts'
import type { Random } from './random.ts'

export type Settled = { readonly payments: readonly Payment[]; readonly cashRoundingMinor: number }

/** How a customer pays: `Σ payments = total + rounding`. Nothing is paid for what costs nothing. */
export function settleSale(
  totalMinor: number,
  currency: Currency,
  occurredAt: number,
  random: Random,
): Settled {
  const tender = tenders[random.weighted(tenderSums)]!
  if (totalMinor === 0) return { payments: [], cashRoundingMinor: 0 }
  if (tender === 'cash') return payCash(totalMinor, currency, random.idAt(occurredAt), random)
  // A gift card that does not cover the order is topped up with a bank card.
  const leftOnCardMinor = 300 + random.int(5000)
  if (tender === 'gift-card' && leftOnCardMinor < totalMinor) {
    const payments = [
      exactly('gift-card', leftOnCardMinor, random.idAt(occurredAt)),
      exactly('card', totalMinor - leftOnCardMinor, random.idAt(occurredAt)),
    ]
    return { payments, cashRoundingMinor: 0 }
  }
  return { payments: [exactly(tender, totalMinor, random.idAt(occurredAt))], cashRoundingMinor: 0 }
}

/** Money back (`totalMinor` < 0) the way it came; what was paid in two ways goes back by the last. */
export function settleRefund(
  totalMinor: number,
  sale: readonly Payment[],
  currency: Currency,
  paymentId: string,
): Settled {
  const tender = sale.at(-1)?.tender
  if (totalMinor === 0 || tender === undefined) return { payments: [], cashRoundingMinor: 0 }
  if (tender !== 'cash') return { payments: [exactly(tender, totalMinor, paymentId)], cashRoundingMinor: 0 }
  const { roundedMinor, roundingMinor } = roundCash(totalMinor, currency)
  return { payments: [exactly('cash', roundedMinor, paymentId)], cashRoundingMinor: roundingMinor }
}

const tenders: readonly TenderKind[] = ['card', 'cash', 'gift-card', 'store-credit', 'other']
const tenderSums = runningSumsOf([70, 25, 3.5, 0.5, 1])

/** Exact money at times, mostly the next notes. */
const noteSums = runningSumsOf([22, 30, 16, 18, 10, 4])

function payCash(totalMinor: number, currency: Currency, paymentId: string, random: Random): Settled {
  const { roundedMinor, roundingMinor } = roundCash(totalMinor, currency)
  const keys = quickCash(roundedMinor, currency)
  const tenderedMinor = keys[Math.min(random.weighted(noteSums), keys.length - 1)] ?? roundedMinor
  const payment: Payment = {
    paymentId,
    tender: 'cash',
    amountMinor: roundedMinor,
    tenderedMinor,
    changeMinor: changeDue(roundedMinor, tenderedMinor),
  }
  return { payments: [payment], cashRoundingMinor: roundingMinor }
}

function exactly(tender: TenderKind, amountMinor: number, paymentId: string): Payment {
  return { paymentId, tender, amountMinor, tenderedMinor: amountMinor, changeMinor: 0 }
}
