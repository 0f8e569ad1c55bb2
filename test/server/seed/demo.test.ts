import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureDemo } from '../../../server/seed/demo.ts'
import type { DemoOptions, DemoSignIn } from '../../../server/seed/demo.ts'
import { createLog } from '../../../server/log.ts'
import { signIn } from '../../../server/office/accounts.ts'
import { setUpBusiness } from '../../../server/office/set-up.ts'
import { createTestDatabase } from '../database.ts'
import type { TestDatabase } from '../database.ts'
import { aBusiness, enrolRegister, type Shop } from '../virtual-shop.ts'

const lines: string[] = []
let on: TestDatabase
let made: DemoSignIn | null

function small(at: TestDatabase): DemoOptions {
  return {
    database: at.database,
    log: createLog('error'),
    progress: (line) => lines.push(line),
    terminal: { isTTY: false, write: () => true },
    orders: 2_600,
    days: 45,
  }
}

function ask<Row extends object>(text: string, at: TestDatabase = on): Promise<Row[]> {
  return at.database.asSystem((tx) => tx.query<Row>(text))
}

/** Rows that only one of two queries gives. */
function differenceOf(one: string, other: string): string {
  return `((${one}) except (${other})) union all ((${other}) except (${one}))`
}

/** A fingerprint of all that is stored. */
async function everything(): Promise<object[]> {
  const tables = [
    'tenant',
    'sync_head',
    'record',
    'account',
    'orders',
    'payment',
    'stock_movement',
    'stock_level',
    'shift',
    'shift_sum',
    'rollup_hour',
  ]
  const prints = tables.map((table) =>
    ask(`select count(*), md5(string_agg(t::text, '|' order by t::text)) from ${table} t`),
  )
  return (await Promise.all(prints)).flat()
}

beforeAll(async () => {
  on = await createTestDatabase()
  made = await ensureDemo(small(on))
})
afterAll(() => on.drop())

describe('the demo in the database', () => {
  test('can be signed in to with what is answered', async () => {
    expect(made).toMatchObject({ alreadyThere: false })
    expect(await signIn(on.database, made!.owner, 1)).toMatchObject({ ok: true })
    expect(await signIn(on.database, { ...made!.owner, password: 'wrong' }, 1)).toMatchObject({ ok: false })
  })

  test('says how far it is, in plain lines', () => {
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThanOrEqual(10)
  })

  test('[D1] rollups are the sums of the orders, per hour, product and tender', async () => {
    const differences = await Promise.all([
      ask(
        differenceOf(
          `select store_id, business_day, business_hour, register_id, count(*) filter (where not is_refund),
                count(*) filter (where is_refund), sum(units_milli), sum(gross_minor), sum(discount_minor),
                sum(net_minor), sum(tax_minor) from orders group by 1, 2, 3, 4`,
          `select store_id, day, hour, register_id, orders, refunds, units_milli, gross_minor, discount_minor, net_minor,
                tax_minor from rollup_hour`,
        ),
      ),
      ask(
        differenceOf(
          `select store_id, business_day, line ->> 'productId', line ->> 'categoryId', sum((line ->> 'quantityMilli')::bigint),
             sum((line ->> 'netMinor')::bigint), count(*)
           from orders, json_array_elements(doc::json -> 'lines') as line group by 1, 2, 3, 4`,
          'select store_id, day, product_id, category_id, units_milli, net_minor, lines from rollup_product',
        ),
      ),
      ask(
        differenceOf(
          `select orders.store_id, orders.business_day, tender, count(*), sum(amount_minor)
         from orders join payment using (order_id) group by 1, 2, 3`,
          'select store_id, day, tender, payments, amount_minor from rollup_tender',
        ),
      ),
    ])
    expect(differences).toEqual([[], [], []])
    // The comparison sees a difference where there is one.
    expect(await ask(differenceOf('select 1 as orders', 'select 2'))).toHaveLength(2)
    const [totals] = await ask<{ orders: number; rolled: number }>(
      'select (select count(*) from orders) as orders, (select sum(orders + refunds) from rollup_hour) as rolled',
    )
    expect(totals!.orders).toBeGreaterThan(2_300)
    expect(Number(totals!.rolled)).toBe(Number(totals!.orders))
  })

  test('[I10] levels are the sums of the movements, and a closed shift says what its orders sum up to', async () => {
    expect(
      await ask(
        differenceOf(
          `select store_id, product_id, coalesce(variant_id, ''), sum(quantity_milli) from stock_movement group by 1, 2, 3`,
          'select store_id, product_id, variant_id, level_milli from stock_level',
        ),
      ),
    ).toEqual([])
    const sums = `select shift_id, count(*), sum(net_minor),
        (select coalesce(sum(amount_minor), 0) from payment join orders p using (order_id)
          where tender = 'cash' and p.shift_id = o.shift_id)
      from orders o where shift_id is not null group by shift_id`
    expect(
      await ask(differenceOf(sums, 'select shift_id, order_count, net_minor, cash_minor from shift_sum')),
    ).toEqual([])
    const closed = await ask(
      `select s.order_count = f.order_count and s.net_minor = f.net_minor
         and expected_cash_minor = opening_float_minor + cash_minor as is_true, count(*)::int
       from shift s join shift_sum f using (shift_id) where closed_at is not null group by 1`,
    )
    expect(closed).toEqual([{ is_true: true, count: expect.any(Number) as number }])
  })

  test('[C2] receipt numbers are gapless, and a register enrolled later gets a series of its own', async () => {
    const series = await ask<{ series: number; last: number; count: number }>(
      `select split_part(receipt_number, '-', 1)::int as series, max(split_part(receipt_number, '-', 2)::int) as last,
              count(distinct receipt_number)::int as count from orders group by 1 order by 1`,
    )
    expect(series.map((each) => each.series)).toEqual([1, 2, 3, 4, 5, 6])
    for (const { last, count } of series) expect(count).toBe(last)
    const [row] = await ask<{ tenant_id: string; register_id: string }>(
      `select tenant_id, id as register_id from record where kind = 'register' limit 1`,
    )
    const shop = { tenantId: row!.tenant_id, registerId: row!.register_id } as Shop
    await enrolRegister(on.database, shop)
    expect(await ask('select receipt_series from install')).toEqual([{ receipt_series: 7 }])
  })

  test('has a picture for every product, no two of them alike', async () => {
    const [missing] = await ask<{ count: number }>(
      `select count(*)::int as count from record where kind = 'product' and not exists
         (select from product_picture where '/pictures/' || picture_id = doc ->> 'picture')`,
    )
    expect(missing!.count).toBe(0)
  })

  test('a second time changes nothing and answers the same', async () => {
    const before = await everything()
    expect(await ensureDemo(small(on))).toEqual({ ...made, alreadyThere: true })
    expect(await everything()).toEqual(before)
  })
})

describe('where the demo is not wanted or not whole', () => {
  test('leaves a business that is not the demo alone', async () => {
    const own = await createTestDatabase()
    try {
      await setUpBusiness(own.database, aBusiness)
      expect(await ensureDemo(small(own))).toBeNull()
      expect(await ask('select name from tenant', own)).toEqual([{ name: aBusiness.businessName }])
    } finally {
      await own.drop()
    }
  })

  test('makes a demo anew that was cut short, and two at once make one', async () => {
    const cut = await createTestDatabase()
    const tiny = { ...small(cut), orders: 60, days: 10 }
    try {
      const fails = ensureDemo({
        ...tiny,
        progress: () => {
          throw new Error('pulled the plug')
        },
      })
      await expect(fails).rejects.toThrow('pulled the plug')
      expect(await ask('select name from tenant', cut)).toHaveLength(1)
      const both = await Promise.all([ensureDemo(tiny), ensureDemo(tiny)])
      expect(both.map((each) => each?.alreadyThere).toSorted()).toEqual([false, true])
      expect(await ask('select name from tenant', cut)).toHaveLength(1)
      expect(await ask('select email from account', cut)).toHaveLength(1)
    } finally {
      await cut.drop()
    }
  })
})
