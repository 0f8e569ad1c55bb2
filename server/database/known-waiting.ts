import type { ShiftShare } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'
import { uuidColumn } from './write-columns.ts'

/** [R6] What waits for the next shift of these registers; a register of which nothing waits is not among them. */
export async function waitingFacts(
  tx: Tx,
  registerIds: readonly string[],
): Promise<ReadonlyMap<string, ShiftShare>> {
  if (registerIds.length === 0) return new Map()
  const rows = await tx.query<ShiftShare & { readonly registerId: string }>(
    `select register_id as "registerId", sum(orders)::int as "orderCount", sum(net_minor)::bigint as "netMinor",
       sum(cash_minor)::bigint as "cashMinor"
     from (
       select register_id, 1 as orders, net_minor, 0 as cash_minor from orders
         where shift_late and register_id = any ($1::uuid[])
       union all
       select o.register_id, 0, 0, p.amount_minor from orders o join payment p using (order_id)
         where o.shift_late and o.register_id = any ($1::uuid[]) and p.install_id is null and p.tender = 'cash'
       union all
       select register_id, 0, 0, case tender when 'cash' then amount_minor else 0 end from payment
         where shift_late and register_id = any ($1::uuid[])
       union all
       select register_id, 0, 0, case kind when 'paid-in' then amount_minor else -amount_minor end from cash_movement
         where shift_id is null and register_id = any ($1::uuid[])) as fact
     group by register_id`,
    [uuidColumn(registerIds)],
  )
  return new Map(rows.map(({ registerId, ...share }) => [registerId, share]))
}
