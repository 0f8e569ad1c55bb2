import type { ShiftClosed } from '#protocol/facts.ts'
import type { ShiftOpened } from '#protocol/paid-order.ts'
import type { CashWrite, Effects } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'
import { bigintColumn, integerColumn, textColumn, timeColumn, uuidColumn } from './write-columns.ts'
import { groupBy } from './write-groups.ts'

/** What one fact adds to the shift that it counts in ([I10]). Null: to none, or to one that is not open yet. */
export type ShiftFact = {
  readonly shiftId: string | null
  readonly orderCount: number
  readonly netMinor: number
  /** Paid in cash, paid in, less paid out and dropped. */
  readonly cashMinor: number
}

export async function addToShifts(tx: Tx, facts: readonly ShiftFact[]): Promise<void> {
  const sums = groupBy(
    facts.filter(({ shiftId }) => shiftId !== null),
    ({ shiftId }) => shiftId!,
    ({ orderCount, netMinor, cashMinor }) => [orderCount, netMinor, cashMinor],
  )
  if (sums.length === 0) return
  await tx.query(
    `insert into shift_sum as held (shift_id, order_count, net_minor, cash_minor)
     select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
     ${addSums}`,
    [
      uuidColumn(sums.map(({ first }) => first.shiftId)),
      bigintColumn(sums.map(({ sums: [orderCount] }) => orderCount!)),
      bigintColumn(sums.map(({ sums: [, netMinor] }) => netMinor!)),
      bigintColumn(sums.map(({ sums: [, , cashMinor] }) => cashMinor!)),
    ],
  )
}

const addSums = `on conflict (tenant_id, shift_id) do update set order_count = held.order_count + excluded.order_count,
       net_minor = held.net_minor + excluded.net_minor, cash_minor = held.cash_minor + excluded.cash_minor`

/** A shift whose close came first gets its beginning now. */
export async function openShifts(
  tx: Tx,
  shifts: readonly (ShiftOpened & { readonly installId: string })[],
): Promise<void> {
  if (shifts.length === 0) return
  await tx.query(
    `insert into shift (shift_id, store_id, register_id, install_id, opened_at, opening_float_minor)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::bigint[])
     on conflict (tenant_id, shift_id) do update set opened_at = excluded.opened_at, install_id = excluded.install_id,
       opening_float_minor = excluded.opening_float_minor where shift.opened_at is null`,
    [
      uuidColumn(shifts.map((shift) => shift.shiftId)),
      uuidColumn(shifts.map((shift) => shift.storeId)),
      uuidColumn(shifts.map((shift) => shift.registerId)),
      uuidColumn(shifts.map((shift) => shift.installId)),
      timeColumn(shifts.map((shift) => shift.openedAt)),
      bigintColumn(shifts.map((shift) => shift.openingFloatMinor)),
    ],
  )
}

/** [R6] What the register said when it closed; the first close of a shift stands. */
export async function closeShifts(tx: Tx, shifts: readonly ShiftClosed[]): Promise<void> {
  if (shifts.length === 0) return
  await tx.query(
    `insert into shift (shift_id, store_id, register_id, closed_at, z_number, order_count, net_minor,
       expected_cash_minor, counted_cash_minor)
     select distinct on (shift_id) * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::int[],
       $6::int[], $7::bigint[], $8::bigint[], $9::bigint[]) as given (shift_id)
     on conflict (tenant_id, shift_id) do update set closed_at = excluded.closed_at, z_number = excluded.z_number,
       order_count = excluded.order_count, net_minor = excluded.net_minor,
       expected_cash_minor = excluded.expected_cash_minor, counted_cash_minor = excluded.counted_cash_minor
       where shift.closed_at is null`,
    [
      uuidColumn(shifts.map((shift) => shift.shiftId)),
      uuidColumn(shifts.map((shift) => shift.storeId)),
      uuidColumn(shifts.map((shift) => shift.registerId)),
      timeColumn(shifts.map((shift) => shift.closedAt)),
      integerColumn(shifts.map((shift) => shift.zNumber)),
      integerColumn(shifts.map((shift) => shift.orderCount)),
      bigintColumn(shifts.map((shift) => shift.netMinor)),
      bigintColumn(shifts.map((shift) => shift.expectedCashMinor)),
      bigintColumn(shifts.map((shift) => shift.countedCashMinor)),
    ],
  )
}

export async function writeCashMoved(tx: Tx, installId: string, moved: readonly CashWrite[]): Promise<void> {
  if (moved.length === 0) return
  const stored = await tx.query<{ id: string }>(
    `insert into cash_movement (cash_movement_id, install_id, shift_id, store_id, register_id, kind, amount_minor, reason)
     select id, $1, shift_id, store_id, register_id, kind, amount_minor, reason
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::text[])
       as given (id, shift_id, store_id, register_id, kind, amount_minor, reason)
     on conflict (tenant_id, cash_movement_id) do nothing returning cash_movement_id as id`,
    [
      installId,
      uuidColumn(moved.map((each) => each.cashMovementId)),
      uuidColumn(moved.map((each) => each.shiftId)),
      uuidColumn(moved.map((each) => each.storeId)),
      uuidColumn(moved.map((each) => each.registerId)),
      textColumn(moved.map((each) => each.kind)),
      bigintColumn(moved.map((each) => each.amountMinor)),
      textColumn(moved.map((each) => each.reason)),
    ],
  )
  const left = new Set(stored.map(({ id }) => id))
  const added = moved.filter(({ cashMovementId }) => left.delete(cashMovementId.toLowerCase()))
  await addToShifts(
    tx,
    added.map(({ shiftId, kind, amountMinor }) => ({
      shiftId,
      orderCount: 0,
      netMinor: 0,
      cashMinor: kind === 'paid-in' ? amountMinor : -amountMinor,
    })),
  )
}

/** [R6] What came too late for its shift, before this batch, counts in the next one of its register. */
export async function adoptLateFacts(tx: Tx, adoptions: Effects['adoptions']): Promise<void> {
  if (adoptions.length === 0) return
  await tx.query(
    `with opened as (
       select * from unnest($1::uuid[], $2::uuid[]) as given (shift_id, register_id)
     ), adopted as (
       update orders set shift_id = opened.shift_id, shift_late = false, v = current_version()
       from opened where orders.shift_late and orders.register_id = opened.register_id
       returning orders.order_id, orders.shift_id, orders.net_minor
     ), paid as (
       update payment set shift_id = opened.shift_id, shift_late = false
       from opened where payment.shift_late and payment.register_id = opened.register_id
       returning payment.shift_id, payment.tender, payment.amount_minor
     ), moved as (
       update cash_movement set shift_id = opened.shift_id
       from opened where cash_movement.shift_id is null and cash_movement.register_id = opened.register_id
       returning cash_movement.shift_id, cash_movement.kind, cash_movement.amount_minor
     )
     insert into shift_sum as held (shift_id, order_count, net_minor, cash_minor)
     select shift_id, sum(orders), sum(net_minor), sum(cash_minor) from (
       select shift_id, 1 as orders, net_minor, 0 as cash_minor from adopted
       union all
       select adopted.shift_id, 0, 0, p.amount_minor from adopted join payment p using (order_id)
         where p.install_id is null and p.tender = 'cash'
       union all
       select shift_id, 0, 0, case tender when 'cash' then amount_minor else 0 end from paid
       union all
       select shift_id, 0, 0, case kind when 'paid-in' then amount_minor else -amount_minor end from moved) as fact
     group by shift_id
     ${addSums}`,
    [
      uuidColumn(adoptions.map(({ shiftId }) => shiftId)),
      uuidColumn(adoptions.map(({ registerId }) => registerId)),
    ],
  )
}
