import type { PaidOrder } from '#domain/order.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { CashMoved, ShiftClosed, StockCounted, StockMoved } from '#protocol/facts.ts'

/** Runs a statement on the database that is proven. Column types as in the product. */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

export type HeldOperation = {
  readonly installId: string
  readonly seq: number
  readonly opId: string
  readonly kind: string
  readonly kindVersion: number
  readonly actorId: string | null
  readonly occurredAt: number
  readonly payload: string
  readonly hash: string
  readonly chain: string
  readonly status: 'applied' | 'parked'
  readonly flags: readonly string[]
  readonly v: number
}

export type HeldInstall = {
  readonly installId: string
  readonly publicKey: PublicKey
  readonly lastSeq: number
  readonly lastChain: string
}

export type HeldOrder = {
  readonly orderId: string
  readonly storeId: string
  readonly registerId: string
  readonly installId: string
  readonly seq: number
  readonly shiftId: string | null
  readonly receiptNumber: string
  readonly totalMinor: number
  readonly netMinor: number
  readonly businessDay: string
  readonly businessHour: number
  readonly isRefund: boolean
}

export type HeldPayment = {
  readonly paymentId: string
  readonly orderId: string
  readonly tender: string
  readonly amountMinor: number
  /** Of a payment that came with its order: null. */
  readonly ownShiftId: string | null
  readonly isExtra: boolean
}

export type HeldMovement = {
  readonly movementId: string
  readonly orderId: string | null
  readonly kind: string
  /** `store product variant`. */
  readonly place: string
  readonly quantityMilli: number
}

/** Every row that the proof is about. The database holds one business, and all its orders come from journals. */
export type Held = {
  readonly installs: readonly HeldInstall[]
  readonly operations: readonly HeldOperation[]
  readonly signatures: readonly {
    readonly installId: string
    readonly seq: number
    readonly chain: string
    readonly signature: string
  }[]
  readonly orders: readonly HeldOrder[]
  readonly payments: readonly HeldPayment[]
  readonly movements: readonly HeldMovement[]
  readonly cash: readonly { readonly id: string; readonly shiftId: string; readonly cashMinor: number }[]
}

export async function readHeld(query: Query): Promise<Held> {
  return {
    installs: await query(
      `select install_id as "installId", public_key as "publicKey", last_seq as "lastSeq", last_chain as "lastChain"
       from install order by enrolled_at`,
    ),
    operations: await query(
      `select install_id as "installId", seq, op_id as "opId", kind, kind_version as "kindVersion", actor_id as "actorId",
         round(extract(epoch from occurred_at) * 1000)::bigint as "occurredAt", payload, hash, chain, status, flags, v
       from operation order by install_id, seq, v`,
    ),
    signatures: await query(
      'select install_id as "installId", seq, chain, signature from batch_signature order by install_id, seq',
    ),
    orders: await query(
      `select order_id as "orderId", store_id as "storeId", register_id as "registerId", install_id as "installId", seq,
         shift_id as "shiftId", receipt_number as "receiptNumber", total_minor as "totalMinor", net_minor as "netMinor",
         business_day as "businessDay", business_hour::int as "businessHour", is_refund as "isRefund"
       from orders order by install_id, seq`,
    ),
    payments: await query(
      `select payment_id as "paymentId", order_id as "orderId", tender, amount_minor as "amountMinor",
         shift_id as "ownShiftId", install_id is not null as "isExtra" from payment`,
    ),
    movements: await query(
      `select movement_id as "movementId", order_id as "orderId", kind, quantity_milli as "quantityMilli",
         store_id || ' ' || product_id || ' ' || coalesce(variant_id, '') as place from stock_movement`,
    ),
    cash: await query(
      `select cash_movement_id as id, shift_id as "shiftId",
         case kind when 'paid-in' then amount_minor else -amount_minor end as "cashMinor" from cash_movement`,
    ),
  }
}

export type Payloads = {
  'order.paid': PaidOrder
  'shift.opened': { readonly shiftId: string; readonly openingFloatMinor: number }
  'shift.closed': ShiftClosed
  'cash.moved': CashMoved
  'stock.counted': StockCounted
  'stock.moved': StockMoved
}

export type Told<Kind extends keyof Payloads> = HeldOperation & { readonly fact: Payloads[Kind] }

/** What the operations of a kind say that took effect. */
export function told<Kind extends keyof Payloads>(held: Held, kind: Kind): readonly Told<Kind>[] {
  return held.operations
    .filter((operation) => operation.kind === kind && operation.status === 'applied')
    .map((operation) => ({ ...operation, fact: JSON.parse(operation.payload) as Payloads[Kind] }))
}

/** What was found wrong, under the invariant of src/sync/SPEC.md that it breaks. */
export type Violation = { readonly rule: 'I1' | 'I2' | 'I3' | 'I5' | 'I10' | 'I12'; readonly what: string }

/** Those that stand more than once. */
export function repeatedIn(texts: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(texts.filter((text) => seen.size === seen.add(text).size))]
}

/** Sums by a key. */
export function sumBy<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
  amount: (row: Row) => number,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + amount(row))
  return sums
}

/** Says where two maps differ; what is absent counts as 0. */
export function differences(
  kept: ReadonlyMap<string, number>,
  made: ReadonlyMap<string, number>,
): { readonly key: string; readonly kept: number; readonly made: number }[] {
  return [...new Set([...kept.keys(), ...made.keys()])]
    .map((key) => ({ key, kept: kept.get(key) ?? 0, made: made.get(key) ?? 0 }))
    .filter((each) => each.kept !== each.made)
}
