import type { RecordKind } from '#domain/catalogue.ts'
import type { RecordChange, RegisterContact } from '#protocol/pull.ts'
import type {
  ChangeRows,
  ChangesSnapshot,
  ChangesStore,
  InstallState,
  LoadPhase,
} from '../use-cases/ports.ts'
import type { Database, Tx } from './pool.ts'
import { readOrders } from './read-orders.ts'
import { readSegments, type SegmentKey } from './read-segments.ts'

/** [L4] How far back a register holds its store's orders; older history travels as segments. */
const RECENT_ORDERS_DAYS = 30
const RECORDS_A_PAGE = 2_000
const ORDERS_A_PAGE = 1_000
const SEGMENTS_A_PAGE = 12

export function createChangesStore(database: Database): ChangesStore {
  return {
    inSnapshot: (install, work) =>
      database.asTenant(install.tenantId, (tx) => work(snapshotOf(tx, install)), { readOnlySnapshot: true }),
    heard: (install) =>
      database.asTenant(install.tenantId, async (tx) => {
        await tx.query('update install set heard_at = now() where install_id = $1', [install.installId])
      }),
  }
}

function snapshotOf(tx: Tx, install: InstallState): ChangesSnapshot {
  const scope: Scope = { tx, storeId: install.storeId, holdsOrders: install.kind === 'register' }
  return {
    async epoch() {
      const [row] = await tx.query<{ epoch: string }>('select epoch from database_life')
      return row!.epoch
    },
    async head() {
      const [row] = await tx.query<{ v: number }>('select v from sync_head')
      return row?.v ?? 0
    },
    async ackedSeq(v) {
      const [row] = await tx.query<{ seq: number | null }>(
        'select max(seq) as seq from operation where install_id = $1 and v <= $2',
        [install.installId, v],
      )
      return row?.seq ?? 0
    },
    pageEnd: (cursor, head) => pageEnd(scope, cursor, head),
    changed: (above, upTo) => changed(scope, above, upTo),
    loadPage: (phase, afterKey) => loadPage(scope, phase, afterKey),
    contacts: () => contacts(tx),
  }
}

type Scope = { readonly tx: Tx; readonly storeId: string | null; readonly holdsOrders: boolean }

const ofStore = '($1::uuid is null or store_id = $1)'
const isRecent = `occurred_at > now() - interval '${RECENT_ORDERS_DAYS} days'`

/**
 * All rows of one version travel together ([L1]). Each kind of row gives the versions that fit its share of a page; the
 * page ends where the first of them would be cut.
 */
async function pageEnd({ tx, storeId, holdsOrders }: Scope, cursor: number, head: number): Promise<number> {
  const cut = async (sql: string, values: readonly unknown[], limit: number): Promise<number> => {
    const rows = await tx.query<{ v: number }>(`${sql} order by v limit ${limit}`, values)
    if (rows.length < limit) return head
    const first = rows[0]!.v
    const last = rows[rows.length - 1]!.v
    return last > first ? last - 1 : last
  }
  const ends = [
    await cut('select v from record where v > $1', [cursor], RECORDS_A_PAGE),
    await cut(`select v from segment where ${ofStore} and v > $2`, [storeId, cursor], SEGMENTS_A_PAGE),
    holdsOrders
      ? await cut(
          `select v from orders where ${ofStore} and v > $2 and ${isRecent}`,
          [storeId, cursor],
          ORDERS_A_PAGE,
        )
      : head,
  ]
  return Math.min(...ends)
}

async function changed(
  { tx, storeId, holdsOrders }: Scope,
  above: number,
  upTo: number,
): Promise<ChangeRows> {
  const records = await tx.query<RecordRow>(
    'select kind, id, v, is_deleted, doc from record where v > $1 and v <= $2 order by v, kind, id',
    [above, upTo],
  )
  const segments = await tx.query<SegmentKey>(
    `select store_id, month, v from segment where ${ofStore} and v > $2 and v <= $3 order by v, store_id, month`,
    [storeId, above, upTo],
  )
  return {
    records: records.map(toRecordChange),
    segments: await readSegments(tx, segments),
    orders: holdsOrders
      ? await readOrders(tx, `${ofStore} and v > $2 and v <= $3 and ${isRecent}`, [storeId, above, upTo])
      : [],
    registers: await contacts(tx),
  }
}

type Page = { rows: Partial<ChangeRows>; after: string | null }

function loadPage(scope: Scope, phase: LoadPhase, afterKey: string): Promise<Page> {
  switch (phase) {
    case 'records':
      return loadRecords(scope, afterKey)
    case 'segments':
      return loadSegments(scope, afterKey)
    case 'orders':
      return loadOrders(scope, afterKey)
  }
}

async function loadRecords({ tx }: Scope, afterKey: string): Promise<Page> {
  const [kind = '', id = ''] = afterKey.split(' ')
  const rows = await tx.query<RecordRow>(
    `select kind, id, v, is_deleted, doc from record
     where (kind, id) > ($1, $2) and not is_deleted order by kind, id limit ${RECORDS_A_PAGE}`,
    [kind, id],
  )
  const last = rows[RECORDS_A_PAGE - 1]
  return { rows: { records: rows.map(toRecordChange) }, after: last ? `${last.kind} ${last.id}` : null }
}

async function loadSegments({ tx, storeId }: Scope, afterKey: string): Promise<Page> {
  const [store = '00000000-0000-0000-0000-000000000000', month = '0001-01-01'] = afterKey
    .split(' ')
    .filter(Boolean)
  const keys = await tx.query<SegmentKey>(
    `select store_id, month, v from segment
     where ${ofStore} and (store_id, month) > ($2::uuid, $3::date) order by store_id, month limit ${SEGMENTS_A_PAGE}`,
    [storeId, store, month],
  )
  const last = keys[SEGMENTS_A_PAGE - 1]
  return {
    rows: { segments: await readSegments(tx, keys) },
    after: last ? `${last.store_id} ${last.month}` : null,
  }
}

async function loadOrders({ tx, storeId, holdsOrders }: Scope, afterKey: string): Promise<Page> {
  if (!holdsOrders) return { rows: {}, after: null }
  const orders = await readOrders(
    tx,
    `order_id in (select order_id from orders where ${ofStore} and status = 'paid' and ${isRecent} and order_id > $2::uuid
       order by order_id limit ${ORDERS_A_PAGE})`,
    [storeId, afterKey || '00000000-0000-0000-0000-000000000000'],
  )
  return { rows: { orders }, after: orders[ORDERS_A_PAGE - 1]?.id ?? null }
}

/** When each register was last heard; the newest of its installs counts. */
async function contacts(tx: Tx): Promise<RegisterContact[]> {
  const rows = await tx.query<{ register_id: string; heard_at: string | null }>(
    'select register_id, max(heard_at) as heard_at from install where register_id is not null group by register_id',
  )
  return rows.map((row) => ({
    registerId: row.register_id,
    heardAt: row.heard_at ? Date.parse(row.heard_at) : null,
  }))
}

type RecordRow = { kind: RecordKind; id: string; v: number; is_deleted: boolean; doc: unknown }

function toRecordChange(row: RecordRow): RecordChange {
  return { kind: row.kind, id: row.id, v: row.v, isDeleted: row.is_deleted, doc: row.doc }
}
