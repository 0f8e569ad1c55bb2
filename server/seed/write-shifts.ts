import type { Tx } from '../database/pool.ts'
import type { DemoShift } from './tills.ts'

/** Stores shifts as they are, open or counted. */
export async function writeShifts(tx: Tx, shifts: readonly DemoShift[]): Promise<void> {
  await tx.query(
    `insert into shift (shift_id, store_id, register_id, opened_at, closed_at, opening_float_minor,
       counted_cash_minor, expected_cash_minor, z_number, order_count, net_minor)
     select shift_id, store_id, register_id, to_timestamp(opened_ms / 1000.0), to_timestamp(closed_ms / 1000.0),
       float_minor, counted_minor, expected_minor, z_number, order_count, net_minor
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[], $5::float8[], $6::bigint[], $7::bigint[], $8::bigint[],
       $9::int[], $10::int[], $11::bigint[])
       as given (shift_id, store_id, register_id, opened_ms, closed_ms, float_minor, counted_minor, expected_minor,
       z_number, order_count, net_minor)`,
    [
      shifts.map((shift) => shift.shiftId),
      shifts.map((shift) => shift.storeId),
      shifts.map((shift) => shift.registerId),
      shifts.map((shift) => shift.openedAt),
      shifts.map((shift) => shift.closedAt),
      shifts.map((shift) => shift.openingFloatMinor),
      shifts.map((shift) => shift.countedCashMinor),
      shifts.map((shift) => shift.expectedCashMinor),
      shifts.map((shift) => shift.zNumber),
      shifts.map((shift) => shift.orderCount),
      shifts.map((shift) => shift.netMinor),
    ],
  )
}
