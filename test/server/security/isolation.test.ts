import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tx } from '../../../server/database/pool.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openShop } from '../virtual-shop.ts'
import { fillEveryTable, openSecondShop, type Tenant } from './two-tenants.ts'
import { unguardedTables } from './unguarded-tables.ts'

let on: TestDatabase
let ours: Tenant
let theirs: Tenant
let shared: string[]

beforeAll(async () => {
  on = await createTestDatabase()
  const first = await openShop(on.database)
  ours = await fillEveryTable(on.database, first, 'ours@example.com')
  theirs = await fillEveryTable(on.database, await openSecondShop(on.database, first), 'theirs@example.com')
  shared = (
    await on.database.asSystem((tx) =>
      tx.query<{ name: string }>(
        `select table_name as name from information_schema.columns
         where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
      ),
    )
  ).map(({ name }) => name)
})
afterAll(() => on.drop())

/** The SQLSTATE that a statement of the application for our tenant is refused with; null when it went through. */
async function refusalOf(sql: string, values: unknown[] = []): Promise<string | null> {
  try {
    await on.database.asTenant(ours.tenantId, (tx) => tx.query(sql, values))
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'
/** Tombstones of these may go, and what is made anew from the rest. */
const deletable = ['order_pack', 'orders', 'payment', 'record', 'version_mark']
/** What no transaction of a tenant ever reads. */
const hidden = ['account', 'account_session']

describe('the catalogue', () => {
  test('every table with tenants’ rows has forced row-level security and the one policy of the application', async () => {
    expect(shared.length).toBeGreaterThan(20)
    expect(await on.database.asSystem(unguardedTables)).toEqual([])
  })

  test.each([
    ['alter table record disable row level security', { table: 'record', lacks: 'row-level security' }],
    ['alter table payment no force row level security', { table: 'payment', lacks: 'force' }],
    ['drop policy one_tenant on shift', { table: 'shift', lacks: 'policy' }],
    ['alter policy one_tenant on orders using (true)', { table: 'orders', lacks: 'using' }],
    ['alter policy one_tenant on install with check (true)', { table: 'install', lacks: 'with check' }],
    [
      'create policy too_much on operation to evertill_app using (true)',
      { table: 'operation', lacks: 'using' },
    ],
    ['create table newcomer (tenant_id uuid)', { table: 'newcomer', lacks: 'policy' }],
  ])('negative control: %s is noticed', async (statement, hole) => {
    let found: unknown
    const undo = new Error('undo')
    await on.database
      .asSystem(async (tx) => {
        await tx.query(statement)
        found = await unguardedTables(tx)
        throw undo
      })
      .catch((error: unknown) => expect(error).toBe(undo))
    expect(found).toContainEqual(hole)
  })

  test('whatever else is stored belongs to no tenant, and the application reads of it the epoch alone', async () => {
    const others = await on.database.asSystem((tx) =>
      tx.query<{ name: string; may_read: boolean }>(
        `select relname as name, has_table_privilege('evertill_app', oid, 'select') as may_read from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relname = any ($1) order by 1`,
        [shared],
      ),
    )
    expect(others).toEqual([
      { name: 'database_life', may_read: true },
      { name: 'schema_migration', may_read: false },
      { name: 'server_secret', may_read: false },
    ])
  })

  test('the application’s role bypasses nothing, owns nothing and empties nothing', async () => {
    const [role] = await on.database.asSystem((tx) =>
      tx.query(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
           (select count(*) from pg_class where relowner = r.oid) as owned,
           (select count(*) from pg_auth_members where member = r.oid) as other_roles,
           (select count(*) from information_schema.role_table_grants
            where grantee = rolname and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) as other_rights
         from pg_roles r where rolname = 'evertill_app'`,
      ),
    )
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
      owned: 0,
      other_roles: 0,
      other_rights: 0,
    })
  })

  test('no function runs with the rights of its owner', async () => {
    const definers = await on.database.asSystem((tx) =>
      tx.query(`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`),
    )
    expect(definers).toEqual([])
  })
})

describe('as the application, for one tenant', () => {
  test('every table has rows of both, and only the own ones are seen', async () => {
    for (const table of shared) {
      const sql = `select count(*) filter (where tenant_id = $1) as ours, count(*) filter (where tenant_id = $2) as theirs from ${table}`
      const ids = [ours.tenantId, theirs.tenantId]
      const [all] = await on.database.asSystem((tx) => tx.query<Counts>(sql, ids))
      expect(all!.ours, table).toBeGreaterThan(0)
      expect(all!.theirs, table).toBeGreaterThan(0)
      if (hidden.includes(table)) {
        expect(await refusalOf(sql, ids), table).toBe(INSUFFICIENT_PRIVILEGE)
        continue
      }
      const [seen] = await on.database.asTenant(ours.tenantId, (tx) => tx.query<Counts>(sql, ids))
      expect(seen, table).toEqual({ ours: all!.ours, theirs: 0 })
    }
  })

  test('no row of another tenant can be written', async () => {
    for (const table of shared) {
      const [row] = await on.database.asSystem((tx) =>
        tx.query<{ row: unknown; columns: string }>(
          `select to_jsonb(t) as row, (select string_agg(quote_ident(attname), ', ') from pg_attribute
             where attrelid = $2::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns
           from ${table} t where tenant_id = $1 limit 1`,
          [theirs.tenantId, table],
        ),
      )
      const insert = `insert into ${table} (${row!.columns}) select ${row!.columns} from jsonb_populate_record(null::public.${table}, $1)`
      expect(await refusalOf(insert, [JSON.stringify(row!.row)]), table).toBe(INSUFFICIENT_PRIVILEGE)
    }
  })

  test('no row of another tenant can be changed, and no own one be given away', async () => {
    for (const table of shared) {
      const [may] = await on.database.asSystem((tx) =>
        tx.query<{ update: boolean }>(`select has_table_privilege('evertill_app', $1, 'update') as update`, [
          table,
        ]),
      )
      if (!may!.update) continue
      const changed = await on.database.asTenant(ours.tenantId, (tx) =>
        tx.query(`update ${table} set tenant_id = tenant_id where tenant_id = $1 returning 1`, [
          theirs.tenantId,
        ]),
      )
      expect(changed, table).toEqual([])
      const giveAway = `update ${table} set tenant_id = $1 where tenant_id = $2`
      expect(await refusalOf(giveAway, [theirs.tenantId, ours.tenantId]), table).toBe(INSUFFICIENT_PRIVILEGE)
    }
  })

  test('[C3] what is in a journal and what was sold is neither changed nor deleted', async () => {
    for (const table of ['operation', 'forked_operation', 'payment', 'stock_movement', 'cash_movement'])
      expect(await refusalOf(`update ${table} set tenant_id = tenant_id`), table).toBe(INSUFFICIENT_PRIVILEGE)
    for (const column of ['payload', 'hash', 'chain', 'seq', 'v'])
      expect(await refusalOf(`update operation set ${column} = ${column}`), column).toBe(
        INSUFFICIENT_PRIVILEGE,
      )
    for (const table of shared) {
      if (!deletable.includes(table))
        expect(await refusalOf(`delete from ${table}`), table).toBe(INSUFFICIENT_PRIVILEGE)
      expect(await refusalOf(`truncate ${table}`), table).toBe(INSUFFICIENT_PRIVILEGE)
    }
  })

  test('[L6] of records, orders and payments the tombstones alone can be deleted, by whatever statement', async () => {
    const live = `select (select count(*) from record where not is_deleted) as records,
      (select count(*) from orders where status <> 'withdrawn') as orders, (select count(*) from payment) as payments`
    const question = (tx: Tx) => tx.query(live)
    const before = await on.database.asTenant(ours.tenantId, question)
    for (const table of ['record', 'orders', 'payment'])
      expect(await refusalOf(`delete from ${table}`), table).toBeNull()
    expect(await on.database.asTenant(ours.tenantId, question)).toEqual(before)
  })

  test('another tenant’s version can’t be moved, nor the server’s secret be read', async () => {
    expect(await refusalOf('select next_version($1)', [theirs.tenantId])).toBe('P0001')
    expect(await refusalOf('select secret from server_secret')).toBe(INSUFFICIENT_PRIVILEGE)
  })

  test('without a tenant nothing at all is seen', async () => {
    const bare = on.database.asSystem(async (tx) => {
      await tx.query('set local role evertill_app')
      return tx.query('select from record')
    })
    await expect(bare).rejects.toThrow(/app\.tenant|uuid/)
  })

  test('negative control: with row-level security off, the same question shows the other tenant', async () => {
    const undo = new Error('undo')
    let seen = 0
    await on.database
      .asSystem(async (tx) => {
        await tx.query('alter table record disable row level security')
        await tx.query(
          `set local role evertill_app; select set_config('app.tenant', '${ours.tenantId}', true)`,
        )
        const rows = await tx.query('select from record where tenant_id = $1', [theirs.tenantId])
        seen = rows.length
        throw undo
      })
      .catch((error: unknown) => expect(error).toBe(undo))
    expect(seen).toBeGreaterThan(0)
  })
})

type Counts = { ours: number; theirs: number }
