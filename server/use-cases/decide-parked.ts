import type { OrderParked, OrderVoided } from '#protocol/facts.ts'
import type { Draft } from './decide-draft.ts'
import type { Finding } from './tasks.ts'

/**
 * [R4] Of two devices that park one order, the later whole holds: a resumed order is parked again as it is then. [L7] It stays on the
 * list where it lies, also where its register was moved meanwhile: the other store's devices would never hear that it left.
 */
export function decideParked(draft: Draft, { baseV: _, ...doc }: OrderParked): readonly Finding[] {
  const id = doc.order.orderId
  if (isSettled(draft, id)) return [{ flag: 'order-settled-already' }]
  const held = draft.record('parked-order', id)?.doc as OrderParked | null | undefined
  const storeId = held?.storeId ?? doc.storeId
  draft.write({
    kind: 'parked-order',
    id,
    storeId,
    isDeleted: false,
    doc: { ...doc, storeId },
    writers: {},
  })
  return []
}

export function decideVoided(draft: Draft, { orderId, storeId }: OrderVoided): readonly Finding[] {
  if (isSettled(draft, orderId)) return [{ flag: 'order-settled-already' }]
  bury(draft, orderId, storeId)
  return []
}

/** Where it stands on it: most orders were never parked. */
export function takeOffParkList(draft: Draft, orderId: string, storeId: string): void {
  const parked = draft.record('parked-order', orderId)
  if (parked && !parked.isDeleted) bury(draft, orderId, storeId)
}

/** A void may come before its park, after a server was put back, so it leaves a tombstone in any case. */
function bury(draft: Draft, id: string, storeId: string): void {
  const doc = draft.record('parked-order', id)?.doc as OrderParked | null | undefined
  draft.write({
    kind: 'parked-order',
    id,
    // The devices that hold it are those of the store where it was parked.
    storeId: doc?.storeId ?? storeId,
    isDeleted: true,
    doc: doc ?? null,
    writers: {},
  })
}

/** Paid, or voided: a tombstone on the park list is the end of an order. */
function isSettled(draft: Draft, orderId: string): boolean {
  const order = draft.orders.get(orderId)
  const isPaid = order !== undefined && order.status !== 'withdrawn'
  return isPaid || draft.record('parked-order', orderId)?.isDeleted === true
}
