import { type Held, type HeldOrder, repeatedIn, told, type Told, type Violation } from './held.ts'

/** [I2] [I5] [I12] Each order stands once, whole, as its operation says it; what no operation says does not stand at all. */
export function orderViolations(held: Held): Violation[] {
  const paid = told(held, 'order.paid')
  return [
    ...doubles(held),
    ...headViolations(held, paid),
    ...partViolations('payment', paymentsTold(paid), paymentsHeld(held)),
    ...partViolations('movement', movementsTold(held, paid), movementsHeld(held)),
    ...partViolations(
      'cash movement',
      told(held, 'cash.moved').map(({ fact }) => fact.cashMovementId),
      held.cash.map(({ id }) => id),
    ),
    ...numberViolations(held),
  ]
}

function doubles({ orders, payments, movements }: Held): Violation[] {
  const ids = [
    ...repeatedIn(orders.map(({ orderId }) => orderId)).map((id) => `order ${id}`),
    ...repeatedIn(payments.map(({ paymentId }) => paymentId)).map((id) => `payment ${id}`),
    ...repeatedIn(movements.map(({ movementId }) => movementId)).map((id) => `movement ${id}`),
  ]
  return ids.map((id) => ({ rule: 'I2', what: `${id} is held twice` }))
}

/** Those whose order was paid before: their lines and movements count no second time ([R4]). */
function isAgain({ flags }: Told<'order.paid'>): boolean {
  return flags.includes('duplicate-order') || flags.includes('overpaid-order')
}

function headViolations({ orders }: Held, paid: readonly Told<'order.paid'>[]): Violation[] {
  const found: Violation[] = []
  const byId = new Map(orders.map((order) => [order.orderId, order]))
  const first = paid.filter((operation) => !isAgain(operation))
  for (const { installId, seq, fact } of first) {
    const order = byId.get(fact.orderId)
    if (!order) found.push({ rule: 'I5', what: `${installId} ${seq} is held, and its order is not` })
    else if (textOf(order) !== `${installId} ${seq} ${fact.receiptNumber} ${fact.totals.totalMinor}`)
      found.push({ rule: 'I5', what: `order ${fact.orderId} is not what ${installId} ${seq} says` })
  }
  const toldIds = new Set(first.map(({ fact }) => fact.orderId))
  for (const { orderId } of orders)
    if (!toldIds.has(orderId))
      found.push({ rule: 'I5', what: `order ${orderId} is held, and no operation says it` })
  return found
}

function textOf({ installId, seq, receiptNumber, totalMinor }: HeldOrder): string {
  return `${installId} ${seq} ${receiptNumber} ${totalMinor}`
}

function paymentsTold(paid: readonly Told<'order.paid'>[]): string[] {
  const all = paid.flatMap(({ fact }) =>
    fact.payments.map(
      ({ paymentId, tender, amountMinor }) => `${paymentId} of ${fact.orderId}: ${tender} ${amountMinor}`,
    ),
  )
  // A sale that was sent under two operations brings its payments once.
  return [...new Set(all)]
}

function paymentsHeld({ payments }: Held): string[] {
  return payments.map(
    ({ paymentId, orderId, tender, amountMinor }) => `${paymentId} of ${orderId}: ${tender} ${amountMinor}`,
  )
}

/** A count's quantity is the server's to find, so only its place is compared. */
function movementsTold(held: Held, paid: readonly Told<'order.paid'>[]): string[] {
  const sold = paid
    .filter((operation) => !isAgain(operation))
    .flatMap(({ fact }) =>
      fact.movements.map(
        ({ movementId, productId, variantId, quantityMilli }) =>
          `${movementId} sale ${fact.storeId} ${productId} ${variantId ?? ''} ${quantityMilli}`,
      ),
    )
  const moved = told(held, 'stock.moved').map(
    ({ fact }) =>
      `${fact.movementId} ${fact.reason} ${fact.storeId} ${fact.productId} ${fact.variantId ?? ''} ${fact.quantityMilli}`,
  )
  const counted = told(held, 'stock.counted').map(
    ({ fact }) => `${fact.movementId} count ${fact.storeId} ${fact.productId} ${fact.variantId ?? ''} `,
  )
  return [...sold, ...moved, ...counted]
}

function movementsHeld({ movements }: Held): string[] {
  return movements.map(
    ({ movementId, kind, place, quantityMilli }) =>
      `${movementId} ${kind} ${place} ${kind === 'count' ? '' : quantityMilli}`,
  )
}

function partViolations(name: string, said: readonly string[], stored: readonly string[]): Violation[] {
  const [toldSet, heldSet] = [new Set(said), new Set(stored)]
  return [
    ...said.filter((text) => !heldSet.has(text)).map((text) => `${name} ${text} is told, and not held`),
    ...stored
      .filter((text) => !toldSet.has(text))
      .map((text) => `${name} ${text} is held, and nobody told it`),
  ].map((what) => ({ rule: 'I5', what }))
}

/** [I12] Numbers of an install are `series-1`, `series-2` … in the order of its journal. */
function numberViolations({ orders }: Held): Violation[] {
  const found = repeatedIn(orders.map(({ receiptNumber }) => receiptNumber)).map((number): Violation => ({
    rule: 'I12',
    what: `receipt ${number} was given twice`,
  }))
  for (const [installId, own] of Map.groupBy(orders, (order) => order.installId)) {
    const next = own
      .toSorted((one, other) => one.seq - other.seq)
      .findIndex(({ receiptNumber }, index) => Number(receiptNumber.split('-')[1]) !== index + 1)
    if (next !== -1)
      found.push({
        rule: 'I12',
        what: `${installId} gave ${own[next]!.receiptNumber} where ${next + 1} was next`,
      })
  }
  return found
}
