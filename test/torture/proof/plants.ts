import { chainOf, hashOf } from './journals.ts'
import { type Query, readHeld, type Violation } from './held.ts'

/** A way to spoil a database, and the invariant whose check must notice. */
export type Plant = {
  readonly name: string
  readonly rule: Violation['rule']
  readonly put: (query: Query) => Promise<unknown>
}

/** Some order in the middle of its journal. */
const someOrder = `(select order_id from orders order by receipt_number limit 1 offset (select count(*) / 2 from orders))`
const somePayment = `(select payment_id from payment where order_id = ${someOrder} limit 1)`
const someOperation = `(install_id, seq) in (select install_id, seq from orders where order_id = ${someOrder})`

export const plants: readonly Plant[] = [
  { name: 'the last sale of a device is gone, with everything of it', rule: 'I1', put: loseLastSale },
  {
    name: 'an operation is gone from the middle',
    rule: 'I3',
    put: (query) => query(`delete from operation where ${someOperation}`),
  },
  {
    name: 'a figure in the journal is another',
    rule: 'I3',
    put: (query) =>
      query(
        `update operation set payload = replace(payload, '"businessHour":', '"businessHour":1') where ${someOperation}`,
      ),
  },
  { name: 'a journal is rewritten, with hashes and chain made to fit', rule: 'I3', put: rewriteJournal },
  { name: 'one operation is held under two numbers', rule: 'I2', put: doubleOperation },
  {
    name: 'an order is held twice',
    rule: 'I2',
    put: (query) => copyRow(query, 'orders', `order_id = ${someOrder}`),
  },
  {
    name: 'a payment is held twice',
    rule: 'I2',
    put: (query) => copyRow(query, 'payment', `payment_id = ${somePayment}`),
  },
  {
    name: 'a payment is lost',
    rule: 'I5',
    put: (query) => query(`delete from payment where payment_id = ${somePayment}`),
  },
  {
    name: 'a payment is short by one',
    rule: 'I5',
    put: (query) =>
      query(`update payment set amount_minor = amount_minor - 1 where payment_id = ${somePayment}`),
  },
  {
    name: 'an order is held without its movements',
    rule: 'I5',
    put: (query) => query(`delete from stock_movement where order_id = ${someOrder}`),
  },
  {
    name: 'an operation is held without its order',
    rule: 'I5',
    put: (query) => query(`delete from orders where order_id = ${someOrder}`),
  },
  {
    name: 'an order stands that no operation brought',
    rule: 'I5',
    put: (query) => query(`update orders set order_id = gen_random_uuid() where order_id = ${someOrder}`),
  },
  {
    name: 'a stock level is off by one piece',
    rule: 'I10',
    put: (query) =>
      query(
        `update stock_level set level_milli = level_milli + 1000 where ctid = (select min(ctid) from stock_level)`,
      ),
  },
  {
    name: 'a Z is off by one',
    rule: 'I10',
    put: (query) =>
      query(
        `update shift set expected_cash_minor = expected_cash_minor + 1
         where shift_id = (select shift_id from shift where closed_at is not null limit 1)`,
      ),
  },
  {
    name: 'the sums of a shift count an order twice',
    rule: 'I10',
    put: (query) =>
      query(
        `update shift_sum set order_count = order_count + 1 where ctid = (select min(ctid) from shift_sum)`,
      ),
  },
  {
    name: 'the dashboard is off by one',
    rule: 'I10',
    put: (query) =>
      query(
        `update rollup_hour set net_minor = net_minor - 1 where ctid = (select min(ctid) from rollup_hour)`,
      ),
  },
  {
    name: 'a receipt number is given twice',
    rule: 'I12',
    put: (query) =>
      query(
        `update orders set receipt_number = (select receipt_number from orders o where o.install_id = orders.install_id
           and o.order_id <> orders.order_id limit 1) where order_id = ${someOrder}`,
      ),
  },
]

async function loseLastSale(query: Query): Promise<void> {
  const [sale] = await query<{ installId: string; seq: number }>(
    `select install_id as "installId", max(seq) as seq from orders group by 1 order by 2 desc limit 1`,
  )
  const { installId, seq } = sale!
  const behind = [installId, seq]
  const gone = `order_id in (select order_id from orders where install_id = $1 and seq >= $2)`
  await query(`delete from payment where ${gone}`, behind)
  await query(`delete from stock_movement where install_id = $1 and seq >= $2`, behind)
  await query(`delete from orders where install_id = $1 and seq >= $2`, behind)
  await query(`delete from operation where install_id = $1 and seq >= $2`, behind)
  await query(`delete from batch_signature where install_id = $1 and seq >= $2`, behind)
  await query(
    `update install set last_seq = $2::int - 1, last_chain = (select chain from operation o where o.install_id = $1 and o.seq = $2::int - 1)
     where install_id = $1`,
    behind,
  )
}

/** As somebody would who knows how it is made and lacks nothing but the device's key. */
async function rewriteJournal(query: Query): Promise<void> {
  const held = await readHeld(query)
  const { installId } = held.orders[Math.floor(held.orders.length / 2)]!
  const journal = held.operations.filter((operation) => operation.installId === installId)
  const from = Math.floor(journal.length / 2)
  let chain = journal[from - 1]!.chain
  for (const operation of journal.slice(from)) {
    const payload = operation.payload.replace('"note":null', '"note":"x"')
    const hash = hashOf({ ...operation, payload })
    chain = chainOf(chain, hash)
    await query(
      `update operation set payload = $3, hash = $4, chain = $5 where install_id = $1 and seq = $2`,
      [installId, operation.seq, payload, hash, chain],
    )
    await query(`update batch_signature set chain = $3 where install_id = $1 and seq = $2`, [
      installId,
      operation.seq,
      chain,
    ])
  }
  await query(`update install set last_chain = $2 where install_id = $1`, [installId, chain])
}

async function doubleOperation(query: Query): Promise<void> {
  await dropUnique(query, 'operation')
  await query(
    `update operation set op_id = (select op_id from operation o where o.install_id = operation.install_id and o.seq = 1)
     where ${someOperation}`,
  )
}

async function copyRow(query: Query, table: string, which: string): Promise<void> {
  await dropUnique(query, table)
  const columns = await query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  )
  const names = columns.map(({ name }) => name).join(', ')
  await query(`insert into ${table} (${names}) select ${names} from ${table} where ${which}`)
}

/** All that keeps a row of this table from being stored twice. */
export async function dropUnique(query: Query, table: string): Promise<void> {
  const constraints = await query<{ name: string }>(
    `select conname as name from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u')`,
    [table],
  )
  for (const { name } of constraints) await query(`alter table ${table} drop constraint ${name} cascade`)
  const indexes = await query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index where indrelid = $1::regclass and indisunique`,
    [table],
  )
  for (const { name } of indexes) await query(`drop index ${name}`)
}
