import type { Segment } from '#domain/rollups.ts'
import { chainSeed } from '#sync/journal.ts'
import { createChangesStore } from '../../../server/database/changes-store.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import type { Database, Tx } from '../../../server/database/pool.ts'
import { readSegments, type SegmentKey } from '../../../server/database/read-segments.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { leaseReceiptSeries } from '../../../server/office/enrolment.ts'
import { moveRegister } from '../../../server/office/registers.ts'
import { textOf } from '../canonical-text.ts'
import { firstRecords } from '../shop.ts'
import type { Backing } from './memory-backing.ts'
import { TENANT_ID } from './known-rows.ts'
import type { Office } from './office.ts'
import type { Peek } from './peek.ts'
import type { ServerState } from './state-dump.ts'

/** The product's own stores over PostgreSQL, in an empty database. */
export function postgresBacking(database: Database): Backing {
  return {
    database: null,
    interleaving: 'request by request',
    peek: peekInto(database),
    setUp: (epoch) => setUpShopIn(database, epoch),
    makeParts: (_, clock) => ({
      ingest: createIngestStore(database),
      changes: createChangesStore(database, clock),
      office: officeOn(database),
    }),
    makeIngest: null,
  }
}

function setUpShopIn(database: Database, epoch: string): Promise<void> {
  return database.asSystem(async (tx) => {
    await tx.query('update database_life set epoch = $1', [epoch])
    await tx.query('insert into tenant (tenant_id, name) values ($1, $2)', [TENANT_ID, 'Simulated'])
    await tx.query('insert into sync_head (tenant_id) values ($1)', [TENANT_ID])
    await tx.query(`select set_config('app.tenant', $1, true), next_version($1::uuid)`, [TENANT_ID])
    await writeRecords(tx, firstRecords)
  })
}

function officeOn(database: Database): Office {
  return {
    enrol: (installId, publicKey, registerId) =>
      database.asSystem(async (tx) => {
        const [place] = await tx.query<{ store_id: string }>(
          `select doc ->> 'storeId' as store_id from record where kind = 'register' and id = $1`,
          [registerId],
        )
        const series = place ? await leaseReceiptSeries(tx, TENANT_ID) : null
        const storeId = place?.store_id ?? null
        const kind = place ? 'register' : 'office'
        const { kty, crv, x, y } = publicKey
        await tx.query(
          `insert into install (tenant_id, install_id, kind, store_id, register_id, public_key, receipt_series, last_chain)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [TENANT_ID, installId, kind, storeId, registerId, { kty, crv, x, y }, series, chainSeed(installId)],
        )
        const [life] = await tx.query<{ epoch: string }>('select epoch from database_life')
        return { epoch: life!.epoch, kind, storeId, registerId, series }
      }),
    // The product's own asks for a signature by a real key.
    rejoin: () => Promise.reject(new Error('No profile is copied in this lane.')),
    moveRegister: async (registerId, storeId) => {
      await moveRegister(database, TENANT_ID, { registerId, storeId })
    },
    revoke: (installId) =>
      database.asSystem(async (tx) => {
        await tx.query('update install set revoked_at = now() where install_id = $1', [installId])
      }),
    writeRecords: (records) =>
      database.asTenant(TENANT_ID, async (tx) => {
        await tx.query('select next_version($1)', [TENANT_ID])
        await writeRecords(tx, records)
      }),
  }
}

function peekInto(database: Database): Peek {
  return {
    standing: () =>
      database.asSystem(async (tx) => {
        const [head] = await tx.query<{ v: number }>('select v from sync_head')
        const rows = await tx.query<{ id: string; revoked: boolean }>(
          'select install_id as id, revoked_at is not null as revoked from install',
        )
        const installs = new Map(rows.map(({ id, revoked }) => [id, { isRevoked: revoked }]))
        return { head: head!.v, installs }
      }),
    dump: () => database.asTenant(TENANT_ID, dump),
  }
}

/** In the very shape of `dumpState`. */
async function dump(tx: Tx): Promise<ServerState> {
  const rows = (sql: string) =>
    tx.query<{ key: string }>(`select * from (${sql}) as found order by key collate "C"`)
  const records = await rows(
    `select kind || '/' || id as key, is_deleted as "isDeleted", doc, store_id as "storeId", v from record`,
  )
  const keys = await tx.query<SegmentKey>('select store_id, month, v from segment order by store_id, month')
  const segments = await readSegments(tx, keys)
  return {
    operations: await rows(
      `select install_id || '/' || seq as key, op_id as "opId", hash, status,
         array(select flag from unnest(flags) as flag order by flag collate "C") as flags, v from operation`,
    ),
    orders: await rows(
      `select order_id::text as key, total_minor as total, install_id as "installId", seq, shift_id as "shiftId", status, v
       from orders`,
    ),
    payments: await rows(
      `select payment_id::text as key, p.order_id as "orderId",
         case when p.seq is null then o.shift_id else p.shift_id end as "shiftId", tender, amount_minor as amount
       from payment p join orders o using (order_id)`,
    ),
    cash: await rows(
      `select cash_movement_id::text as key, shift_id as "shiftId", kind, amount_minor as amount from cash_movement`,
    ),
    movements: await rows(
      `select movement_id::text as key, store_id || '/' || product_id || '/' || coalesce(variant_id, '') as "stockKey", kind,
         quantity_milli as "quantityMilli", v from stock_movement`,
    ),
    stock: await rows(
      `select store_id || '/' || product_id || '/' || variant_id as key, level_milli as "levelMilli", is_kept as "isKept"
       from stock_level`,
    ),
    shifts: await rows(
      `select shift_id::text as key, closed_at is not null as "isClosed", z_number as "zNumber",
         install_id as "installId" from shift`,
    ),
    records: records.map((row) => {
      const { doc, ...rest } = row as { key: string; doc: unknown }
      return { ...rest, doc: doc === null ? null : textOf(doc) }
    }),
    segments: segments.map((segment: Segment) => ({
      key: `${segment.storeId}/${segment.month}`,
      segment: textOf(segment),
    })),
    installs: await rows(
      `select install_id::text as key, json_build_object('seq', last_seq, 'chain', last_chain) as head,
         store_id as "storeId", revoked_at is not null as "isRevoked" from install`,
    ),
  }
}
