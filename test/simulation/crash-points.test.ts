import { describe, expect, test } from 'vitest'
import type { WriteTransaction } from '../../src/storage/tables.ts'
import { type BuiltWorld, buildWorld } from './build-world.ts'
import { chanceOf } from './chance.ts'
import { comeToRest } from './come-to-rest.ts'
import type { Tab } from './device/device.ts'
import { openTab } from './device/tab.ts'
import { ackBeforeComplete, cursorBeforeRows } from './mutants/device-mutants.ts'
import type { Mutant } from './mutants/mutant.ts'
import { edit } from './people/editing.ts'
import type { Deed } from './people/deed.ts'
import { refund } from './people/refunds.ts'
import { park, sell } from './people/selling.ts'
import { closeShift } from './people/till-and-stock.ts'
import { staffIds } from './shop.ts'

const SEED = 7
const MOST_STEPS = 5_000

const pull: Deed = (_, tab) => tab.sync.wake()

type Trace = {
  readonly name: string
  readonly before: readonly Deed[]
  readonly deed: Deed
  /** Of chance: one in which the deed does something, and its device sends it. */
  readonly stream: number
  /** What has happened when nothing came in between. */
  readonly done: string
}

/** What is done before, on another tab that is closed then, and the deed in which the device dies. */
const traces: readonly Trace[] = [
  { name: 'a sale', stream: 2, before: [], deed: sell, done: 'deed: sale' },
  { name: 'a refund', stream: 1, before: [sell], deed: refund, done: 'deed: refund' },
  { name: 'a shift close', stream: 1, before: [sell], deed: closeShift, done: 'deed: shift close' },
  { name: 'parking', stream: 1, before: [], deed: park, done: 'deed: park' },
  { name: 'an edit', stream: 1, before: [], deed: edit, done: 'deed: edit' },
  { name: 'a push and a page', stream: 1, before: [sell, edit], deed: pull, done: 'answer: page' },
]

type Ready = { readonly built: BuiltWorld; readonly tab: Tab }

/** The same shop every time, loaded, with one tab that works request by request. */
async function ready({ before, stream }: Trace, mutant?: Mutant): Promise<Ready> {
  const built = await buildWorld({ seed: SEED })
  const { world } = built
  await world.scheduler.runFor(5_000, MOST_STEPS)
  const [device] = world.devices
  for (const deed of before) {
    deed(world, device!.tabs[0]!)
    await world.scheduler.runFor(100, MOST_STEPS)
  }
  // Others have something new for it.
  for (const other of world.devices.slice(1)) edit(world, other.tabs[0]!)
  await world.scheduler.runFor(2_000, MOST_STEPS)
  for (const tab of [...device!.tabs]) tab.owner.kill()
  const tab = openTab(world, device!, { staffId: staffIds[0]!, isStepwise: true, mutant })
  await world.scheduler.runFor(2_000, MOST_STEPS)
  if (before.length > 0) before[0]!(world, tab)
  await world.scheduler.runFor(50, MOST_STEPS)
  built.useChance(chanceOf(SEED, 1, stream))
  return { built, tab }
}

type Death = { readonly point: number; readonly isPowerCut: boolean; readonly mutant?: Mutant }

/** Dies before its step `point`; answers whether it came that far, and what broke. */
async function dieAt(trace: Trace, { point, isPowerCut, mutant }: Death) {
  const { built, tab } = await ready(trace, mutant)
  const { world, violations, watching } = built
  let steps = 0
  world.scheduler.watch((owner) => {
    if (owner === tab.owner && (steps += 1) === point) owner.kill()
  })
  const before = world.coverage.counts.get(trace.done) ?? 0
  trace.deed(world, tab)
  await world.scheduler.runFor(3_000, MOST_STEPS)
  world.scheduler.watch(null)
  const hasDied = tab.owner.isDead()
  if (!hasDied) expect(world.coverage.counts.get(trace.done)).toBeGreaterThan(before)
  if (isPowerCut && tab.device.disk.powerCut(Infinity) > 0) watching.replaced(tab.device)
  if (hasDied) openTab(world, tab.device, { staffId: staffIds[0]! })
  await world.scheduler.runFor(1_000, MOST_STEPS)
  if (violations.length === 0 && (await comeToRest(world))) await watching.lookAtRest()
  return { hasDied, violations }
}

describe('[C1] [I5] the device dies at every step of', () => {
  test.each(traces)(
    '$name',
    async (trace) => {
      for (const isPowerCut of [false, true]) {
        for (let point = 1; ; point += 1) {
          const { hasDied, violations } = await dieAt(trace, { point, isPowerCut })
          expect(violations, `${trace.name}, step ${point}`).toEqual([])
          if (hasDied) continue
          // At the least as many steps as the requests of a transaction, its commit, and sending it have.
          expect(point).toBeGreaterThan(60)
          break
        }
      }
    },
    120_000,
  )
})

const relaxed: Mutant = {
  says: 'nothing waits for the disk',
  storage: (storage) => ({ ...storage, write: (tables, _, work) => storage.write(tables, 'relaxed', work) }),
}

const inParts: Mutant = {
  says: 'the journal is written in a transaction of its own, before the rest',
  storage: (storage) => ({
    ...storage,
    write: async (tables, durability, work) => {
      if (!tables.includes('journal')) return storage.write(tables, durability, work)
      const later: ((tx: WriteTransaction) => void)[] = []
      const value = await storage.write(tables, durability, (tx) =>
        work({
          ...tx,
          put: (table, rows) =>
            void (table === 'meta' ? tx.put(table, rows) : later.push((next) => next.put(table, rows))),
          add: (table, rows) =>
            void (table === 'journal' ? tx.add(table, rows) : later.push((next) => next.add(table, rows))),
        }),
      )
      if (later.length > 0)
        await storage.write(tables, durability, async (tx) => {
          for (const write of later) write(tx)
        })
      return value
    },
  }),
}

/** A mistake, and whether the power must fail for it to be seen. */
const mistakes: readonly (readonly [trace: string, mistake: string, mutant: Mutant, isPowerCut: boolean])[] =
  [
    ...['a sale', 'a refund', 'a shift close', 'parking', 'an edit'].flatMap((name) => [
      [name, 'told too early', ackBeforeComplete, false] as const,
      [name, 'not flushed', relaxed, true] as const,
    ]),
    ['a sale', 'in two transactions', inParts, false],
    ['a push and a page', 'with its cursor before its rows', cursorBeforeRows, false],
  ]

describe('negative control: a mistake is seen at some step of', () => {
  test.each(mistakes)(
    '%s, %s',
    async (name, _, mutant, isPowerCut) => {
      const trace = traces.find((each) => each.name === name)!
      for (let point = 1; ; point += 1) {
        const { hasDied, violations } = await dieAt(trace, { point, isPowerCut, mutant })
        if (violations.length > 0) return
        expect(hasDied, 'all steps were explored').toBe(true)
      }
    },
    120_000,
  )
})
