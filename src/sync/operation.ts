/** What a device writes down. All but `record.edited` and `conflict.settled` are facts, which never conflict ([R1]). */
export type OperationKind =
  | 'order.paid'
  | 'order.parked'
  | 'order.voided'
  | 'shift.opened'
  | 'shift.closed'
  | 'cash.moved'
  | 'stock.counted'
  | 'stock.moved'
  | 'record.edited'
  | 'conflict.settled'
  | 'task.done'

/** One fact or intended edit of one install, as it lies in the journal and travels: its bytes never change ([C3]). */
export type Operation = {
  readonly opId: string
  readonly installId: string
  /** 1, 2, 3 … without gaps within an install. */
  readonly seq: number
  readonly kind: string
  readonly kindVersion: number
  /** The staff member, or null before anyone has signed in. */
  readonly actorId: string | null
  /** The device's clock in ms since 1970: information only. */
  readonly occurredAt: number
  /** Canonical JSON (RFC 8785) of the payload; the very bytes that `hash` covers. */
  readonly payload: string
  /** Hex SHA-256 over the canonical envelope, which holds the payload. */
  readonly hash: string
  /** Hex SHA-256(previous chain ‖ hash). */
  readonly chain: string
}

/** Where a journal ends. Seq 0 with the chain's seed is an empty journal. */
export type JournalHead = { readonly seq: number; readonly chain: string }

/** What the server did with an operation ([P4]): facts are never refused. */
export type OperationResult = {
  readonly seq: number
  readonly status: 'applied' | 'parked'
  readonly flags: readonly OperationFlag[]
}

export type OperationFlag =
  | 'unknown-product'
  | 'dismissed-staff'
  | 'price-not-on-list'
  | 'totals-differ'
  | 'payments-differ'
  | 'revoked-install'
  /** [P3] The same order with the same payments came again, under another operation. */
  | 'duplicate-order'
  | 'duplicate-receipt-number'
  /** [R4] Another device had taken payment for this order: both payments are kept. */
  | 'overpaid-order'
  /** More was given back for a sale than was paid. */
  | 'double-refund'
  /** [R6] The shift was closed when this came from elsewhere: it counts in the next one. */
  | 'closed-shift'
  | 'negative-stock'
  /** [R5] What the counter had seen can't be told any more: the database was restored meanwhile. */
  | 'count-unsure'
  /** The person has not the permission for this edit: it became a conflict record. */
  | 'not-permitted'
  /** [R4] The order had been paid or voided elsewhere: parking or voiding it changed nothing. */
  | 'order-settled-already'
