import { appendOperation } from '#sync/journal.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'

/** [P2] The same operations behind another head, under the same ids and payloads; `installId` is that of the head's journal. */
export function envelopeAnew(
  operations: readonly Operation[],
  start: JournalHead,
  installId: string,
): { operations: Operation[]; head: JournalHead } {
  let head = start
  const renewed = operations.map(({ opId, kind, kindVersion, actorId, occurredAt, payload }) => {
    const facts = { opId, installId, kind, kindVersion, actorId, occurredAt }
    const appended = appendOperation(head, { ...facts, payload: JSON.parse(payload) as unknown })
    head = appended.head
    return appended.operation
  })
  return { operations: renewed, head }
}

/** Where the paid orders among these operations stand in the journal, by orderId. */
export function placesOfOrders(
  operations: readonly Operation[],
): ReadonlyMap<string, { readonly seq: number; readonly hash: string }> {
  return new Map(
    operations
      .filter(({ kind }) => kind === 'order.paid')
      .map(({ payload, seq, hash }) => [(JSON.parse(payload) as { orderId: string }).orderId, { seq, hash }]),
  )
}
