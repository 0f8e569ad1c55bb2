import { hash } from 'node:crypto'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { Database, Tx } from '../../server/database/pool.ts'
import { journalPages } from '../../server/office/journals.ts'
import type { Ledger } from './ledger.ts'

/** Journals that are read again, hash by hash; all are counted. */
const sampleSize = 20

/**
 * [I1] [I2] [I3] What differs between the ledger and the server, a sentence each; none where every operation, order, payment and
 * movement is there exactly once and the money agrees to the minor unit.
 */
export async function checkHerd(database: Database, tenantId: string, ledger: Ledger): Promise<string[]> {
  const found = await database.asTenant(tenantId, async (tx) => [
    ...(await checkCounts(tx, ledger)),
    ...(await checkPayments(tx, ledger, 'payment', 'count(*)', 'sum(amount_minor)')),
    ...(await checkPayments(tx, ledger, 'rollup_tender', 'sum(payments)', 'sum(amount_minor)')),
    ...(await checkHeads(tx, ledger)),
  ])
  const every = Math.max(1, Math.floor(ledger.journals.length / sampleSize))
  for (const { installId } of ledger.journals.filter((_, at) => at % every === 0))
    found.push(...(await checkChain(database, tenantId, installId)))
  return found
}

async function checkCounts(tx: Tx, ledger: Ledger): Promise<string[]> {
  const [row] = await tx.query<Record<string, number>>(
    `select (select count(*) from operation)::int as operations,
       (select count(*) from operation where status = 'parked')::int as parked,
       (select count(*) from operation where flags <> '{}')::int as flagged,
       (select count(*) from forked_operation)::int as forked,
       (select count(*) from orders where status = 'paid')::int as orders,
       (select count(*) from stock_movement where kind = 'sale')::int as movements,
       (select sum(orders) from rollup_hour)::int as "orders in the rollups"`,
  )
  const operations = ledger.journals.reduce((sum, { head }) => sum + head.seq, 0)
  const { orders, movements } = ledger
  const expected = {
    operations,
    parked: 0,
    flagged: 0,
    forked: 0,
    orders,
    movements,
    'orders in the rollups': orders,
  }
  return Object.entries(expected)
    .filter(([what, count]) => row![what] !== count)
    .map(([what, count]) => `${what}: ${row![what]} instead of ${count}`)
}

async function checkPayments(
  tx: Tx,
  ledger: Ledger,
  table: 'payment' | 'rollup_tender',
  count: string,
  sum: string,
): Promise<string[]> {
  const rows = await tx.query<{ tender: string; count: number; sum: string }>(
    `select tender, (${count})::int as count, (${sum})::bigint as sum from ${table} group by tender`,
  )
  const held = new Map(rows.map((row) => [row.tender, `${row.count} of ${row.sum} minor units`]))
  const known = new Map(
    Object.entries(ledger.payments).map(([tender, sums]) => [
      tender,
      `${sums.count} of ${sums.sumMinor} minor units`,
    ]),
  )
  return [...new Set([...held.keys(), ...known.keys()])]
    .filter((tender) => held.get(tender) !== known.get(tender))
    .map(
      (tender) =>
        `${table}, ${tender}: ${held.get(tender) ?? 'none'} instead of ${known.get(tender) ?? 'none'}`,
    )
}

type HeadRow = { id: string; seq: number; chain: string; held: number; last: number }

async function checkHeads(tx: Tx, ledger: Ledger): Promise<string[]> {
  const rows = await tx.query<HeadRow>(
    `select i.install_id as id, last_seq as seq, last_chain as chain, count(o.seq)::int as held, coalesce(max(o.seq), 0) as last
     from install i left join operation o using (install_id) group by i.install_id, last_seq, last_chain`,
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ledger.journals.flatMap(({ installId, head }) => {
    const row = byId.get(installId)
    const isWhole =
      row?.seq === head.seq && row.held === head.seq && row.last === head.seq && row.chain === head.chain
    if (isWhole) return []
    return [
      `journal ${installId}: ${row?.held ?? 0} operations up to ${row?.last ?? 0} instead of ${head.seq}`,
    ]
  })
}

async function checkChain(database: Database, tenantId: string, installId: string): Promise<string[]> {
  let head = emptyJournal(installId)
  for await (const { operations } of journalPages(database, tenantId, installId)) {
    const run = verifyRun(head, operations, (text) => hash('sha256', text, 'hex'))
    if (!run.ok) return [`journal ${installId}: ${run.reason} at ${run.atSeq}`]
    head = run.head
  }
  return []
}
