import { eachPortion } from './changes-portions.ts'
import { dropCovered, type PulledRecord, writePulled } from './overlays.ts'
import { deletePacks } from './packs.ts'
import { storeOf } from './order-row.ts'
import { packedOrders } from './packs-directory.ts'
import { refundedHere } from './refunded-here.ts'
import type { SyncRow } from './rows.ts'
import type { Key, Range, TableName, WriteTransaction } from './tables.ts'

/** What the load that ends now has brought, and for whom. */
export type EndedLoad = Pick<SyncRow, 'generation'> & {
  /** Own operations up to here are in what was loaded. */
  readonly coveredSeq: number
  /** [L7] Null: all stores. */
  readonly storeId: string | null
}

const ROWS_AT_ONCE = 500
/** Each is a month of a store: some ten kB. */
const SEGMENTS_AT_ONCE = 50

/**
 * [L6] At the end of a load: what it has not brought is gone from the server, or out of this device's scope ([L7]), and
 * leaves. Own operations and what they lie over stay, as do own orders; those of a store that this device has left only
 * until the server holds them: the answer is the last of them in the journal, null where there is none.
 */
export async function sweep(tx: WriteTransaction, ended: EndedLoad): Promise<number | null> {
  const [, , stray] = await Promise.all([
    sweepRecords(tx, ended),
    sweepSegments(tx, ended),
    sweepPacks(tx, ended).then(() => sweepOrders(tx, ended)),
  ])
  return stray
}

/** [L7] [I15] Own orders of stores that this device has left, once the server holds them; answers as `sweep` does. */
export async function sweepStrayOrders(
  tx: WriteTransaction,
  upToSeq: number,
  { coveredSeq, storeId }: Omit<EndedLoad, 'generation'>,
): Promise<number | null> {
  const own = await tx.list('orders', { index: 'seq', to: Math.min(coveredSeq, upToSeq) })
  const stray = own.filter((row) => row.order !== null && storeOf(row) !== storeId)
  tx.delete(
    'orders',
    stray.map(({ orderId }) => orderId),
  )
  return coveredSeq < upToSeq ? upToSeq : null
}

async function sweepRecords(tx: WriteTransaction, { generation, coveredSeq }: EndedLoad): Promise<void> {
  const { left } = dropCovered(tx, await tx.list('overlays'), coveredSeq)
  await eachPortion('records', ROWS_AT_ONCE, listing(tx, 'records'), (rows) => {
    const unseen = rows.filter((row) => row.generation < generation)
    const gone = unseen.map(({ kind, id }): PulledRecord => ({ kind, id, generation, v: 0, doc: null }))
    writePulled(tx, gone, left)
  })
}

async function sweepSegments(tx: WriteTransaction, { generation }: EndedLoad): Promise<void> {
  await eachPortion('segments', SEGMENTS_AT_ONCE, listing(tx, 'segments'), (rows) => {
    const unseen = rows.filter((row) => row.generation < generation)
    tx.delete(
      'segments',
      unseen.map(({ storeId, month }): Key => [storeId, month]),
    )
  })
}

async function sweepPacks(tx: WriteTransaction, { generation }: EndedLoad): Promise<void> {
  const unseen = (await tx.list('packDirectory')).filter((row) => row.generation < generation)
  deletePacks(
    tx,
    unseen.map(({ packId }) => packId),
  )
}

async function sweepOrders(
  tx: WriteTransaction,
  { generation, coveredSeq, storeId }: EndedLoad,
): Promise<number | null> {
  const [isPacked, refunded] = await Promise.all([packedOrders(tx), refundedHere(tx, coveredSeq)])
  let stray: number | null = null
  await eachPortion('orders', ROWS_AT_ONCE, listing(tx, 'orders'), (rows) => {
    const deletes: string[] = []
    for (const { orderId, seq, order, status, ...row } of rows) {
      if (row.generation >= generation) continue
      const isInScope = order?.storeId === storeId
      // [R4] A pack doesn't say that its order was refunded: the server may not know yet.
      const staysRefunded = isInScope && status === 'refunded' && (isPacked(orderId) || refunded.has(orderId))
      if (seq === undefined ? !staysRefunded : !isInScope && seq <= coveredSeq) deletes.push(orderId)
      else if (seq !== undefined && !isInScope) stray = Math.max(stray ?? 0, seq)
    }
    tx.delete('orders', deletes)
  })
  return stray
}

function listing<Name extends TableName>(tx: WriteTransaction, table: Name) {
  return (range: Range) => tx.list(table, range)
}
