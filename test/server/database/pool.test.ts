import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Tx } from '../../../server/database/pool.ts'
import { together } from '../../../server/database/together.ts'
import { createLog } from '../../../server/log.ts'
import { createTestDatabase } from '../database.ts'
import type { TestDatabase } from '../database.ts'

const ours = randomUUID()
const theirs = randomUUID()
let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
  await db.database.asSystem((tx) =>
    tx.query(`
      create table scratch (tenant_id uuid not null, note text not null, amount bigint not null default 0);
      alter table scratch enable row level security;
      alter table scratch force row level security;
      create policy one_tenant on scratch to evertill_app
        using (tenant_id = current_setting('app.tenant')::uuid)
        with check (tenant_id = current_setting('app.tenant')::uuid);
      grant select, insert, update on scratch to evertill_app;
      insert into scratch values ('${ours}', 'ours', 1), ('${theirs}', 'theirs', 2);`),
  )
})

afterAll(() => db.drop())

const notes = (tx: Tx): Promise<{ note: string }[]> => tx.query('select note from scratch order by note')

describe('tenants', () => {
  test('a tenant’s transaction runs as a role that row-level security binds', async () => {
    const [role] = await db.database.asTenant(ours, (tx) =>
      tx.query(
        'select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = current_user',
      ),
    )
    expect(role).toEqual({
      rolname: 'evertill_app',
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
    })
  })

  test('sees its own rows only, and can write for nobody else', async () => {
    expect(await db.database.asTenant(ours, notes)).toEqual([{ note: 'ours' }])
    expect(await db.database.asTenant(theirs, notes)).toEqual([{ note: 'theirs' }])
    const foreign = db.database.asTenant(ours, (tx) =>
      tx.query('insert into scratch values ($1, $2)', [theirs, 'x']),
    )
    await expect(foreign).rejects.toMatchObject({ code: '42501' })
    const update = await db.database.asTenant(ours, (tx) =>
      tx.query('update scratch set amount = 9 where tenant_id = $1 returning 1 as one', [theirs]),
    )
    expect(update).toEqual([])
  })

  test('control: the system role sees both, so it is the role that hides', async () => {
    expect(await db.database.asSystem(notes)).toEqual([{ note: 'ours' }, { note: 'theirs' }])
  })

  test('neither role nor tenant outlives the transaction on its connection', async () => {
    const single = await createTestDatabase({ max: 1 })
    try {
      const state =
        "select current_user as role, current_setting('app.tenant', true) as tenant, pg_backend_pid() as pid"
      const [inside] = await single.database.asTenant(ours, (tx) => tx.query<State>(state))
      const [after] = await single.database.asSystem((tx) => tx.query<State>(state))
      expect(inside).toMatchObject({ role: 'evertill_app', tenant: ours })
      expect(after?.pid).toBe(inside?.pid)
      expect(after).toMatchObject({ role: 'evertill_owner', tenant: '' })
    } finally {
      await single.drop()
    }
  })

  test('what is not a UUID is not sent to the database', async () => {
    const injected = db.database.asTenant("x', true); drop table scratch; --", notes)
    await expect(injected).rejects.toThrow(TypeError)
  })
})

type State = { role: string; tenant: string | null; pid: number }

describe('transactions', () => {
  test('an error undoes everything and reaches the caller', async () => {
    const failing = db.database.asTenant(ours, async (tx) => {
      await tx.query('insert into scratch values ($1, $2)', [ours, 'undone'])
      throw new Error('halfway')
    })
    await expect(failing).rejects.toThrow('halfway')
    expect(await db.database.asTenant(ours, notes)).toEqual([{ note: 'ours' }])
  })

  test('a swallowed error of a statement is not taken for a commit', async () => {
    const swallowing = db.database.asTenant(ours, async (tx) => {
      await tx.query('insert into scratch values ($1, $2)', [ours, 'lost'])
      await tx.query('select 1/0').catch(() => undefined)
    })
    await expect(swallowing).rejects.toThrow('Nothing was committed')
  })

  test('a lost race is run again: of two that wait for each other both are done in the end', async () => {
    const tenant = randomUUID()
    await db.database.asTenant(tenant, (tx) =>
      tx.query('insert into scratch values ($1, $2), ($1, $3)', [tenant, 'left', 'right']),
    )
    let runs = 0
    const cross = (first: string, second: string): Promise<void> =>
      db.database.asTenant(tenant, async (tx) => {
        runs += 1
        await tx.query('update scratch set amount = amount + 1 where note = $1', [first])
        await tx.query('select pg_sleep(0.1)')
        await tx.query('update scratch set amount = amount + 1 where note = $1', [second])
      })
    await Promise.all([cross('left', 'right'), cross('right', 'left')])
    expect(runs).toBeGreaterThan(2)
    const rows = await db.database.asTenant(tenant, (tx) => tx.query('select amount from scratch'))
    expect(rows).toEqual([{ amount: 2 }, { amount: 2 }])
  })

  test('a race that is lost every time ends after five runs, with its error', async () => {
    let runs = 0
    const always = db.database.asSystem(async (tx) => {
      runs += 1
      await tx.query("do $$ begin raise exception 'lost' using errcode = '40001'; end $$")
    })
    await expect(always).rejects.toMatchObject({ code: '40001' })
    expect(runs).toBe(5)
  })

  test('a snapshot shows one picture to several queries, and writes nothing', async () => {
    const tenant = randomUUID()
    const count = (tx: Tx): Promise<{ count: number }[]> => tx.query('select count(*) from scratch')
    const add = (): Promise<unknown> =>
      db.database.asTenant(tenant, (tx) => tx.query('insert into scratch values ($1, $2)', [tenant, 'new']))
    const twice = async (tx: Tx): Promise<unknown> => {
      const before = await count(tx)
      await add()
      return [...before, ...(await count(tx))]
    }
    const snapshot = await db.database.asTenant(tenant, twice, { readOnlySnapshot: true })
    expect(snapshot).toEqual([{ count: 0 }, { count: 0 }])
    const control = await db.database.asTenant(tenant, twice)
    expect(control).toEqual([{ count: 1 }, { count: 2 }])
    const writing = db.database.asTenant(
      tenant,
      (tx) => tx.query('insert into scratch values ($1, $2)', [tenant, 'x']),
      { readOnlySnapshot: true },
    )
    await expect(writing).rejects.toMatchObject({ code: '25006' })
  })

  test('a connection that dies in the middle is an error, and the next transaction gets a good one', async () => {
    const dying = db.database.asSystem((tx) => tx.query('select pg_terminate_backend(pg_backend_pid())'))
    await expect(dying).rejects.toThrow()
    expect(await db.database.asSystem((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }])
  })

  test('a statement may take 30 seconds, an idle transaction a minute', async () => {
    const shown = await db.database.asTenant(ours, (tx) =>
      tx.query(
        "select name, setting from pg_settings where name ~ '^(statement_|idle_in_tr.*session_)timeout' order by 1",
      ),
    )
    expect(shown).toEqual([
      { name: 'idle_in_transaction_session_timeout', setting: '60000' },
      { name: 'statement_timeout', setting: '30000' },
    ])
  })
})

describe('columns', () => {
  test('arrive as documented', async () => {
    const [row] = await db.database.asSystem((tx) =>
      tx.query(`select 9007199254740991::bigint as big, 12.50::numeric as exact, date '2026-03-01' as day,
        timestamptz '2026-03-01 00:30:00.123456+01' as at, array[1, null, 3]::bigint[] as bigs,
        array[date '2026-01-31'] as days, 'infinity'::timestamptz as never, '{"a":1}'::jsonb as json`),
    )
    expect(row).toEqual({
      big: 9007199254740991,
      exact: '12.50',
      day: '2026-03-01',
      at: '2026-02-28T23:30:00.123Z',
      bigs: [1, null, 3],
      days: ['2026-01-31'],
      never: 'infinity',
      json: { a: 1 },
    })
  })

  test('a bigint that a number can’t hold is an error and not rounded', async () => {
    const beyond = db.database.asSystem((tx) => tx.query('select 9007199254740993::bigint as big'))
    await expect(beyond).rejects.toThrow(RangeError)
  })

  test('statements that wait for no answer are sent together, and done in their sequence', async () => {
    const rows = await db.database.asTenant(randomUUID(), (tx) =>
      Promise.all([
        tx.query(`insert into scratch values (current_setting('app.tenant')::uuid, 'a', 1)`),
        tx.query<{ sum: number }>('select sum(amount)::bigint as sum from scratch'),
        tx.query('update scratch set amount = 5'),
        tx.query<{ sum: number }>('select sum(amount)::bigint as sum from scratch'),
      ]),
    )
    expect([rows[1], rows[3]]).toEqual([[{ sum: 1 }], [{ sum: 5 }]])
  })

  test('of statements sent together the one that failed is told, and nothing of any is left', async () => {
    const tenant = randomUUID()
    const sent = db.database.asTenant(tenant, (tx) =>
      together(
        () => tx.query(`insert into scratch values (current_setting('app.tenant')::uuid, 'a', 1)`),
        () => tx.query('select 1 / 0'),
        async () => {
          await tx.query(`insert into scratch values (current_setting('app.tenant')::uuid, 'b', 2)`)
        },
        // Has its turn after the failure: it must not get past the rollback.
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 50))
          await tx.query(`insert into scratch values (current_setting('app.tenant')::uuid, 'c', 3)`)
        },
      ),
    )
    await expect(sent).rejects.toMatchObject({ code: '22012' })
    const left = await db.database.asTenant(tenant, (tx) => tx.query('select note from scratch'))
    expect(left).toEqual([])
  })

  test('behind an opening that failed nothing is done, as its transaction is refused', async () => {
    await db.database.asSystem((tx) => tx.query(`create role outsider login password 'outside'`))
    const url = new URL(db.url)
    url.username = 'outsider'
    url.password = 'outside'
    const outsider = createDatabase({ url: url.href, max: 1, log: createLog('error') })
    let behind: unknown = null
    const work = outsider.asTenant(ours, async (tx) => {
      behind = await tx.query('select 1').catch((error: { code: string }) => error.code)
    })
    await expect(work).rejects.toMatchObject({ code: '42501' })
    expect(behind).toBe('25P02')
    await outsider.close()
    await db.database.asSystem((tx) => tx.query('drop role outsider'))
  })
})

describe('listen', () => {
  test('hears what is said, and after a broken connection says that something may have been missed', async () => {
    const heard: (string | null)[] = []
    const stop = await db.database.listen('pokes', (payload) => heard.push(payload))
    await say('one')
    await expect.poll(() => heard).toEqual(['one'])
    await db.database.asSystem((tx) =>
      tx.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'evertill-listen'",
      ),
    )
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['one', null])
    await say('two')
    await expect.poll(() => heard).toEqual(['one', null, 'two'])
    await stop()
    await say('three')
    await say('four')
    expect(heard).toEqual(['one', null, 'two'])
  })
})

async function say(payload: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.url })
  await client.connect()
  await client.query('select pg_notify($1, $2)', ['pokes', payload])
  await client.end()
}
