import type { RegisterContact } from '#protocol/pull.ts'
import type { ChangesSnapshot, ChangesStore, InstallState, LoadPhase } from '../use-cases/ports.ts'
import { changed, pageEnd } from './changes-above.ts'
import { loadOrders, loadPacks, loadRecords, loadSegments, type LoadedPage } from './changes-load.ts'
import { scopeFor, type ChangesScope } from './changes-scope.ts'
import { compact } from './compact-tombstones.ts'
import type { Database, Tx } from './pool.ts'
import { readDigest } from './read-digest.ts'

/** `clock`: ms since 1970. */
export function createChangesStore(database: Database, clock: () => number = Date.now): ChangesStore {
  return {
    inSnapshot: (install, work) =>
      database.asTenant(install.tenantId, (tx) => work(snapshotOf(scopeFor(tx, install, clock()), install)), {
        readOnlySnapshot: true,
      }),
    heard: ({ tenantId, installId }, { cursor, journalSeq, appVersion }) =>
      database.asTenant(tenantId, async (tx) => {
        // [I16] What a device has not sent yet was done with rows as they were at its earlier cursor: that one counts on.
        // Nothing is waited for: were this lost, an older cursor would hold tombstones for longer.
        await tx.query(
          `with relaxed as (select set_config('synchronous_commit', 'off', true))
           update install set heard_at = to_timestamp($2 / 1000.0), app_version = $3,
             reported_seq = greatest(reported_seq, $4),
             cursor = case when last_seq >= $4 then $5 else least(cursor, $5) end
           from relaxed where install_id = $1`,
          [installId, clock(), appVersion, journalSeq, cursor],
        )
      }),
    compact: (tenantId) => database.asTenant(tenantId, (tx) => compact(tx, clock())),
  }
}

function snapshotOf(scope: ChangesScope, install: InstallState): ChangesSnapshot {
  const { tx } = scope
  let life: Promise<Life> | null = null
  const readLife = (): Promise<Life> => (life ??= lifeOf(tx))
  return {
    epoch: async () => (await readLife()).epoch,
    head: async () => (await readLife()).v,
    compactedV: async () => (await readLife()).compacted_v,
    ordersSince: () => Promise.resolve(scope.ordersSince),
    async ackedSeq(v) {
      // `v` grows with `seq`: the newest operations are looked at first.
      const [row] = await tx.query<{ seq: number }>(
        'select seq from operation where install_id = $1 and v <= $2 order by seq desc limit 1',
        [install.installId, v],
      )
      return row?.seq ?? 0
    },
    pageEnd: (cursor, head) => pageEnd(scope, cursor, head),
    changed: async (above, upTo) => ({
      ...(await changed(scope, above, upTo)),
      registers: await contacts(tx),
    }),
    digest: () => readDigest(scope),
    loadPage: (phase, afterKey) => loaders[phase](scope, afterKey),
    contacts: () => contacts(tx),
  }
}

const loaders: Record<LoadPhase, (scope: ChangesScope, afterKey: string) => Promise<LoadedPage>> = {
  records: loadRecords,
  segments: loadSegments,
  orders: loadOrders,
  packs: loadPacks,
}

type Life = { readonly epoch: string; readonly v: number; readonly compacted_v: number }

/** A tenant that is not there has changed nothing. */
async function lifeOf(tx: Tx): Promise<Life> {
  const [row] = await tx.query<Life>(
    `select epoch, coalesce(v, 0) as v, coalesce(compacted_v, 0) as compacted_v
     from database_life left join sync_head on true`,
  )
  return row!
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
