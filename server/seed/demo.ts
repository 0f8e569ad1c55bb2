import type { PaidOrder } from '#domain/order.ts'
import type { Database, Tx } from '../database/pool.ts'
import { writeOrders } from '../database/write-orders.ts'
import { writeRecords } from '../database/write-records.ts'
import type { Log } from '../log.ts'
import { hashPassword } from '../office/accounts.ts'
import { createTenant } from '../office/set-up.ts'
import { recordsOf } from './demo-records.ts'
import { demoName, makeShop } from './make-shop.ts'
import type { DemoShop } from './make-shop.ts'
import { demoOwner, demoStaff } from './people.ts'
import type { DemoPerson } from './people.ts'
import { createProgress } from './progress.ts'
import type { ProgressOptions } from './progress.ts'
import { idOf } from './random.ts'
import { generateSales } from './sales.ts'
import type { DemoShift } from './tills.ts'
import { writeShifts } from './write-shifts.ts'

export type DemoOptions = {
  readonly database: Database
  readonly log: Log
  /** Takes plain lines where there is no terminal to draw a bar on. */
  readonly progress: (line: string) => void
  readonly seed?: number
  readonly orders?: number
  readonly days?: number
  /** Sales end here; ms since 1970. */
  readonly now?: number
  readonly terminal?: ProgressOptions['terminal']
}

export type DemoSignIn = {
  readonly alreadyThere: boolean
  readonly owner: { readonly email: string; readonly password: string }
  readonly staff: readonly DemoPerson[]
}

export const demoDefaults = { seed: 1, orders: 100_000, days: 365 }

/**
 * Makes the demo shop with a year of sales where there is no business yet; leaves everything alone where there is one.
 * Answers what to sign in with, or null when the business is not the demo.
 *
 * The account comes last: a demo without it was cut short, could never be used, and is made anew.
 */
export function ensureDemo(options: DemoOptions): Promise<DemoSignIn | null> {
  const { database, log } = options
  return database.asSystem(async (lockTx) => {
    await waitForOthers(lockTx)
    const found = await database.asSystem(findBusiness)
    if (found?.is_demo) return signIn(true)
    const isCutShort = found?.name === demoName && !found.has_account
    if (found && !isCutShort) return null
    if (isCutShort)
      await database.asSystem((tx) =>
        tx.query('truncate tenant, operation, orders, payment, stock_movement cascade'),
      )
    const startedAt = performance.now()
    const orders = await fill(options)
    log.info({ orders, seconds: Math.round((performance.now() - startedAt) / 1000) }, 'made the demo shop')
    return signIn(false)
  })
}

const batchSize = 2_000
/** "Evertill's demo": two processes must not fill it at once. */
const demoLockKey = 4_280_002

/**
 * The lock goes with the transaction, which stays open as long as the fill takes. It must touch no table: what it had
 * read it would keep from being cleared.
 */
async function waitForOthers(tx: Tx): Promise<void> {
  await tx.query('set local statement_timeout = 0')
  await tx.query('set local idle_in_transaction_session_timeout = 0')
  await tx.query('select pg_advisory_xact_lock($1)', [demoLockKey])
}

type FoundBusiness = { readonly name: string; readonly has_account: boolean; readonly is_demo: boolean }

async function findBusiness(tx: Tx): Promise<FoundBusiness | undefined> {
  const [found] = await tx.query<FoundBusiness>(
    `select name, exists (select from account) as has_account,
            exists (select from account where email = $1) as is_demo from tenant limit 1`,
    [demoOwner.email],
  )
  return found
}

function signIn(alreadyThere: boolean): DemoSignIn {
  return {
    alreadyThere,
    owner: { email: demoOwner.email, password: demoOwner.password },
    staff: demoStaff,
  }
}

async function fill(options: DemoOptions): Promise<number> {
  const { database, seed, orders, days, now } = { ...demoDefaults, now: Date.now(), ...options }
  const shop = makeShop(seed)
  const passwordHash = hashPassword(demoOwner.password)
  const firstReceiptSeries = await openBusiness(database, shop)

  const { line, terminal } = { line: options.progress, terminal: options.terminal ?? process.stdout }
  const progress = createProgress({ label: 'Making the demo shop', total: orders, line, terminal })
  let done = 0
  for (const batch of batches(generateSales({ shop, now, days, orders, firstReceiptSeries }))) {
    await writeBatch(database, shop.tenantId, batch)
    done += batch.orders.length
    progress.update(done)
  }
  progress.finish()
  await finish(database, shop, await passwordHash)
  return done
}

/** Answers the first of the receipt series that the registers' history is numbered in. */
async function openBusiness(database: Database, shop: DemoShop): Promise<number> {
  const records = await recordsOf(shop)
  return database.asSystem(async (tx) => {
    await tx.query('lock table tenant in exclusive mode')
    const [taken] = await tx.query('select from tenant')
    if (taken) throw new Error('A business was set up while the demo shop was being prepared')
    await createTenant(tx, { tenantId: shop.tenantId, name: shop.name })
    await tx.query('select next_version($1)', [shop.tenantId])
    await writeRecords(tx, records)
    await tx.query(
      `insert into product_picture (picture_id, media_type, bytes)
       select id, 'image/svg+xml', convert_to(svg, 'UTF8') from unnest($1::text[], $2::text[]) as given (id, svg)`,
      [[...shop.catalogue.pictures.keys()], [...shop.catalogue.pictures.values()]],
    )
    const [lease] = await tx.query<{ first: number }>(
      `update tenant set next_receipt_series = next_receipt_series + $2 where tenant_id = $1
       returning next_receipt_series - $2 as first`,
      [shop.tenantId, shop.stores.flatMap(({ registers }) => registers).length],
    )
    return lease!.first
  })
}

type Batch = { readonly orders: PaidOrder[]; readonly shifts: DemoShift[] }

/** Whole days, until there are enough orders for one transaction. */
function* batches(
  days: Iterable<{ orders: readonly PaidOrder[]; shifts: readonly DemoShift[] }>,
): Generator<Batch> {
  let batch: Batch = { orders: [], shifts: [] }
  for (const { orders, shifts } of days) {
    batch.orders.push(...orders)
    batch.shifts.push(...shifts)
    if (batch.orders.length < batchSize) continue
    yield batch
    batch = { orders: [], shifts: [] }
  }
  yield batch
}

function writeBatch(database: Database, tenantId: string, { orders, shifts }: Batch): Promise<void> {
  return database.asTenant(tenantId, async (tx) => {
    await tx.query('select next_version($1)', [tenantId])
    await writeShifts(tx, shifts)
    await writeOrders(
      tx,
      orders.map((order) => ({ order, installId: null, seq: null, importId: null, shiftId: order.shiftId })),
      'all-new',
    )
  })
}

async function finish(database: Database, shop: DemoShop, passwordHash: string): Promise<void> {
  await database.asSystem(async (tx) => {
    // So much came at once that the planner's figures are from an empty database.
    await tx.query('analyze record, orders, payment, stock_movement, rollup_hour, rollup_product')
    await tx.query(
      'insert into account (account_id, tenant_id, email, name, password_hash) values ($1, $2, $3, $4, $5)',
      [idOf(shop.seed, 'account'), shop.tenantId, demoOwner.email, demoOwner.name, passwordHash],
    )
  })
}
