import type { Completed, CompletedFact, CompletedOrder } from '../ledger.ts'
import type { Held, Violation } from './held.ts'

/**
 * [I1] [I2] Everything that a device said was done is held, once, as it was said; and no more is held than that, but for what
 * was being written when a device was killed: it may have been completed without the device having had time to say so.
 */
export function completedViolations(
  held: Held,
  completed: readonly Completed[],
  mostUnsaid: number,
): Violation[] {
  const orders = completed.filter((each) => each.kind === 'order.paid')
  const facts = completed.filter((each) => each.kind !== 'order.paid')
  const said = new Set(orders.map(({ orderId }) => orderId))
  const unsaid = held.orders.filter(({ orderId }) => !said.has(orderId))
  return [
    ...lostOrders(held, orders),
    ...facts
      .filter((fact) => timesHeld(held, fact) !== 1)
      .map((fact): Violation => {
        const times = timesHeld(held, fact)
        return {
          rule: times === 0 ? 'I1' : 'I2',
          what: `${fact.kind} ${fact.mark} was done once, and is held ${times} times`,
        }
      }),
    ...(unsaid.length > mostUnsaid
      ? [
          {
            rule: 'I2' as const,
            what: `${unsaid.length} orders are held that no device has done; ${mostUnsaid} may be`,
          },
        ]
      : []),
    ...paymentViolations(held, orders, new Set(unsaid.map(({ orderId }) => orderId))),
  ]
}

function lostOrders(held: Held, orders: readonly CompletedOrder[]): Violation[] {
  const operations = new Map(held.operations.map((each) => [`${each.installId} ${each.seq}`, each]))
  const heldOrders = new Map(held.orders.map((each) => [each.orderId, each]))
  return orders.flatMap(({ installId, seq, hash, orderId, receiptNumber, totalMinor }): Violation[] => {
    const operation = operations.get(`${installId} ${seq}`)
    if (operation?.hash !== hash)
      return [
        {
          rule: 'I1',
          what: `receipt ${receiptNumber} was done, and ${installId} ${seq} is ${operation ? 'another' : 'lost'}`,
        },
      ]
    if (operation.status === 'parked') return []
    const order = heldOrders.get(orderId)
    if (order?.totalMinor === totalMinor && order.receiptNumber === receiptNumber) return []
    return [
      {
        rule: 'I1',
        what: `receipt ${receiptNumber} was done, and its order is ${order ? 'another' : 'lost'}`,
      },
    ]
  })
}

function timesHeld({ operations }: Held, { kind, installId, mark }: CompletedFact): number {
  return operations.filter(
    (each) => each.kind === kind && each.installId === installId && each.payload.includes(mark),
  ).length
}

/** [I2] To the minor unit. */
function paymentViolations(
  { payments }: Held,
  orders: readonly CompletedOrder[],
  unsaid: ReadonlySet<string>,
): Violation[] {
  const heldMinor = payments
    .filter(({ orderId }) => !unsaid.has(orderId))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const doneMinor = paidMinor(orders)
  return heldMinor === doneMinor
    ? []
    : [{ rule: 'I2', what: `devices took ${doneMinor}, and ${heldMinor} are held` }]
}

function paidMinor(orders: readonly CompletedOrder[]): number {
  return orders.flatMap(({ payments }) => payments).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}
