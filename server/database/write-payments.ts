import type { Payment } from '#domain/order.ts'
import type { ExtraPayments } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'
import { bigintColumn, integerColumn, ofThisTenant, textColumn, uuidColumn } from './write-columns.ts'
import { writeRollups } from './write-rollups.ts'
import { addToShifts, type ShiftFact } from './write-shift-facts.ts'
import type { Trust } from './write-trust.ts'

export type PaymentToStore = {
  readonly orderId: string
  readonly storeId: string
  readonly businessDay: string
  readonly shiftId: string | null
  readonly index: number
  readonly payment: Payment
}

/**
 * [P3] A payment id that is stored already must not count again: answers those that were stored now, for the caller to
 * add to the sums.
 */
export async function insertPayments(
  tx: Tx,
  rows: readonly PaymentToStore[],
  trust: Trust,
): Promise<readonly PaymentToStore[]> {
  if (rows.length === 0) return rows
  const insert = `insert into payment (payment_id, order_id, payment_no, tender, amount_minor, tendered_minor, change_minor,
      tenant_id)
    select given.*, ${ofThisTenant}
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) as given`
  if (trust === 'all-new') {
    await tx.query(insert, columnsOf(rows))
    return rows
  }
  const stored = await tx.query<{ key: string }>(
    `${insert} on conflict (tenant_id, payment_id) do nothing returning payment_id || ' ' || order_id as key`,
    columnsOf(rows),
  )
  return onlyStored(
    rows,
    stored.map(({ key }) => key),
  )
}

/** [R4] The order counts once, the money twice: in the tenders of its day and in the cash of its shift. */
export async function writeExtraPayments(
  tx: Tx,
  extra: readonly ExtraPayments[],
  registerId: string | null,
): Promise<void> {
  const given = extra.flatMap(({ payments, ...about }) =>
    payments.map((payment, index) => ({ ...about, index, payment })),
  )
  if (given.length === 0) return
  const keys = await tx.query<{ key: string }>(
    `insert into payment (payment_id, order_id, payment_no, tender, amount_minor, tendered_minor, change_minor,
       install_id, seq, register_id, shift_id, shift_late, business_day, receipt_number)
     select payment_id, order_id, payment_no, tender, amount_minor, tendered_minor, change_minor,
       install_id, seq, $8, shift_id, shift_id is null, business_day::date, receipt_number
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
       $9::uuid[], $10::int[], $11::uuid[], $12::text[], $13::text[])
       as given (payment_id, order_id, payment_no, tender, amount_minor, tendered_minor, change_minor,
       install_id, seq, shift_id, business_day, receipt_number)
     on conflict (tenant_id, payment_id) do nothing
     returning payment_id || ' ' || order_id as key`,
    [
      ...columnsOf(given),
      registerId,
      uuidColumn(given.map(({ installId }) => installId)),
      integerColumn(given.map(({ seq }) => seq)),
      uuidColumn(given.map(({ shiftId }) => shiftId)),
      textColumn(given.map(({ businessDay }) => businessDay)),
      textColumn(given.map(({ receiptNumber }) => receiptNumber)),
    ],
  )
  const stored = onlyStored(
    given,
    keys.map(({ key }) => key),
  )
  await writeRollups(tx, { sold: [], payments: stored }, 1)
  await addToShifts(tx, stored.map(cashOf))
}

/** What a payment adds to its shift ([I10]). */
export function cashOf({ shiftId, payment }: PaymentToStore): ShiftFact {
  return {
    shiftId,
    orderCount: 0,
    netMinor: 0,
    cashMinor: payment.tender === 'cash' ? payment.amountMinor : 0,
  }
}

function columnsOf(rows: readonly PaymentToStore[]): Buffer[] {
  return [
    uuidColumn(rows.map(({ payment }) => payment.paymentId)),
    uuidColumn(rows.map(({ orderId }) => orderId)),
    integerColumn(rows.map(({ index }) => index)),
    textColumn(rows.map(({ payment }) => payment.tender)),
    bigintColumn(rows.map(({ payment }) => payment.amountMinor)),
    bigintColumn(rows.map(({ payment }) => payment.tenderedMinor)),
    bigintColumn(rows.map(({ payment }) => payment.changeMinor)),
  ]
}

/** One row for each `paymentId orderId` that was stored. */
function onlyStored<Row extends PaymentToStore>(
  rows: readonly Row[],
  stored: readonly string[],
): readonly Row[] {
  const left = new Set(stored)
  return rows.filter(({ payment, orderId }) => left.delete(`${payment.paymentId} ${orderId}`.toLowerCase()))
}
