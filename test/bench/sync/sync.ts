import type { Bench, BenchOptions, BenchRow } from '../bench.ts'
import { checkTime, type Round } from '../measure.ts'
import type { Taken } from './contender-page.ts'
import { type Contender, startEvertill, startPeers } from './contenders.ts'
import { type DataSet, menuLength } from './documents.ts'
import { measureBlocks, measureCommits, measureLoad, measurePush, measureTakeIn } from './measurements.ts'
import { rowsOfGroup, type SyncGoal } from './sync-rows.ts'

type Size = { readonly orders: number; readonly rounds: number }

type Plan = {
  readonly hasPeers: boolean
  /** How many orders are pushed and loaded, and how often. */
  readonly sizes: readonly Size[]
  readonly products: number
  /** Orders in the till that sells, what it then sells, and how often. */
  readonly till: { readonly orders: number; readonly sales: number; readonly rounds: number }
  readonly stored: Size
}

type Setting = {
  readonly contenders: readonly Contender[]
  /** Of a new business each time. */
  readonly newData: (orders: number, products: number) => Promise<DataSet>
  readonly signal: AbortSignal
}

export const sync: Bench = {
  name: 'sync',
  about:
    'beside RxDB and PouchDB in Chromium: a sale, a push, a first load; 100,000 orders on a new register',
  limit:
    'raw IndexedDB, strict, for a sale, and the faster peer for the rest: its server keeps all in memory',
  rounds: 3,
  longestMs: 1_500_000,
  jsonFile: 'test-results/bench-sync.json',
  run: (options) => runSync(planOf(options), options.signal),
}

const evertillName = 'evertill'
const faster: SyncGoal = { kind: 'ratio-at-least', ratio: 5 }
const asRaw: SyncGoal = { kind: 'ratio-at-most', ratio: 1.1 }
const inASecond: SyncGoal = { kind: 'ms-at-most', ms: 1_000, of: 'median' }
const unnoticed: SyncGoal = { kind: 'ms-at-most', ms: 16, of: 'worst' }

function planOf({ size, isQuick, rounds }: BenchOptions): Plan {
  if (size === 'smoke')
    return {
      hasPeers: false,
      sizes: [{ orders: 20, rounds: 1 }],
      products: 30,
      till: { orders: 10, sales: 8, rounds: 1 },
      stored: { orders: 20, rounds: 1 },
    }
  if (isQuick)
    return {
      hasPeers: true,
      sizes: [{ orders: 5_000, rounds }],
      products: 10_000,
      till: { orders: 2_000, sales: 200, rounds },
      stored: { orders: 20_000, rounds },
    }
  return {
    hasPeers: true,
    // A round of the many takes the peers a minute.
    sizes: [
      { orders: 5_000, rounds },
      { orders: 20_000, rounds: Math.max(1, rounds - 1) },
    ],
    products: 10_000,
    till: { orders: 2_000, sales: 400, rounds },
    stored: { orders: 100_000, rounds },
  }
}

async function runSync(plan: Plan, signal: AbortSignal): Promise<BenchRow[]> {
  await checkTime(signal)
  const evertill = await startEvertill()
  const contenders: Contender[] = [evertill]
  try {
    if (plan.hasPeers) contenders.push(...(await startPeers(signal)))
    const lastAt = Date.now()
    const newData = async (orderCount: number, productCount: number): Promise<DataSet> => ({
      shop: await evertill.openShop(),
      orderCount,
      productCount,
      lastAt,
      seed: 7,
    })
    const setting: Setting = { contenders, newData, signal }
    const rows = await sellAll(setting, plan)
    for (const size of plan.sizes) rows.push(...(await syncAll(setting, plan, size)))
    rows.push(...(await blockAll(setting, plan)))
    rows.push(...(await storeMany({ ...setting, contenders: [evertill] }, plan)))
    return rows
  } finally {
    for (const contender of contenders) await contender.stop()
  }
}

async function sellAll({ contenders, newData, signal }: Setting, { till }: Plan): Promise<BenchRow[]> {
  const held = await newData(till.orders, menuLength)
  for (const contender of contenders) await contender.fill(held)
  const rounds: Round[] = []
  for (let round = 0; round < till.rounds; round += 1) {
    // Other orders than those that the till holds.
    const sold = { ...held, orderCount: till.sales, seed: held.seed + 10 + round }
    const readings: Record<string, readonly number[]> = {}
    for (const contender of inTurn(contenders, round)) {
      await checkTime(signal)
      Object.assign(readings, await measureCommits(contender, { held, sold }, signal))
    }
    rounds.push(readings)
  }
  return rowsOfGroup({ name: 'a sale', unit: 'ms', rounds, limit: 'raw strict', goal: asRaw })
}

async function syncAll(
  { contenders, newData, signal }: Setting,
  { products }: Plan,
  { orders, rounds }: Size,
): Promise<BenchRow[]> {
  const loaded = await newData(orders, products)
  for (const contender of contenders) await contender.fill(loaded)
  const [pushes, loads]: [Round[], Round[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const taken: Record<'push' | 'load', Record<string, Taken>> = { push: {}, load: {} }
    for (const contender of inTurn(contenders, round)) {
      await checkTime(signal)
      taken.load[contender.name] = await measureLoad(contender, loaded, signal)
      const pushed = async (afterOutage: boolean) =>
        measurePush(contender, await newData(orders, menuLength), signal, { afterOutage })
      taken.push[contender.name] = await pushed(true)
      if (contender.name === evertillName) taken.push[`${evertillName}, nothing ready`] = await pushed(false)
    }
    pushes.push(perSecond(taken.push, orders))
    loads.push(perSecond(taken.load, orders + products))
  }
  const many = orders.toLocaleString('en')
  return [
    ...rowsOfGroup({
      name: `push of ${many}`,
      unit: 'orders/s',
      rounds: pushes,
      limit: null,
      goal: faster,
    }),
    ...rowsOfGroup({
      name: `first load of ${many} and ${products.toLocaleString('en')} products`,
      unit: 'documents/s',
      rounds: loads,
      limit: null,
      goal: faster,
    }),
  ]
}

async function storeMany(
  { contenders: [evertill], newData, signal }: Setting,
  { stored }: Plan,
): Promise<BenchRow[]> {
  await checkTime(signal)
  const data = await newData(stored.orders, menuLength)
  await evertill!.fill(data)
  const taken = await measureTakeIn(evertill!, data, stored.rounds, signal)
  const many = stored.orders.toLocaleString('en')
  return rowsOfGroup({
    name: `${many} stored after arriving`,
    unit: 'ms',
    rounds: taken.map(({ elapsedMs }) => ({ evertill: [elapsedMs] })),
    limit: null,
    goal: inASecond,
  })
}

async function blockAll(
  { contenders, newData, signal }: Setting,
  { sizes: [size], products }: Plan,
): Promise<BenchRow[]> {
  const { orders } = size!
  const loaded = await newData(orders, products)
  const blocks: Record<string, readonly number[]> = {}
  for (const contender of contenders) {
    await checkTime(signal)
    await contender.fill(loaded)
    const unsent = await newData(orders, menuLength)
    blocks[contender.name] = [await measureBlocks(contender, { loaded, unsent }, signal)]
  }
  return rowsOfGroup({
    name: 'longest task of the page in either',
    unit: 'ms',
    rounds: [blocks],
    limit: null,
    goal: unnoticed,
  })
}

/** Each begins once, as the machine gets slower or faster while it works. */
function inTurn<T>(list: readonly T[], round: number): T[] {
  const first = round % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}

function perSecond(taken: Readonly<Record<string, Taken>>, documents: number): Round {
  return Object.fromEntries(
    Object.entries(taken).map(([name, { elapsedMs }]) => [name, [(documents / elapsedMs) * 1000]]),
  )
}
