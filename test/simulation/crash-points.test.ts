import { describe, expect, test } from 'vitest'
import { type BuiltWorld, buildWorld } from './build-world.ts'
import { chanceOf } from './chance.ts'
import { comeToRest } from './come-to-rest.ts'
import type { Tab } from './device/device.ts'
import { openTab } from './device/tab.ts'
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
  /** What has happened when nothing came in between. */
  readonly done: string
}

/** What is done before, on another tab that is closed then, and the deed in which the device dies. */
const traces: readonly Trace[] = [
  { name: 'a sale', before: [], deed: sell, done: 'deed: sale' },
  { name: 'a refund', before: [sell], deed: refund, done: 'deed: refund' },
  { name: 'a shift close', before: [sell], deed: closeShift, done: 'deed: shift close' },
  { name: 'parking', before: [], deed: park, done: 'deed: park' },
  { name: 'an edit', before: [], deed: edit, done: 'deed: edit' },
  { name: 'a push and a page', before: [sell, edit], deed: pull, done: 'answer: page' },
]

type Ready = { readonly built: BuiltWorld; readonly tab: Tab }

/** The same shop every time, loaded, with one tab that works request by request. */
async function ready(before: readonly Deed[]): Promise<Ready> {
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
  const tab = openTab(world, device!, { staffId: staffIds[0]!, isStepwise: true })
  await world.scheduler.runFor(2_000, MOST_STEPS)
  if (before.length > 0) before[0]!(world, tab)
  await world.scheduler.runFor(50, MOST_STEPS)
  built.useChance(chanceOf(SEED, 1, 1))
  return { built, tab }
}

/** Dies before its step `point`; answers whether it came that far. */
async function dieAt(trace: Trace, point: number, isPowerCut: boolean): Promise<boolean> {
  const { built, tab } = await ready(trace.before)
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
  expect(violations, `${trace.name}, step ${point}`).toEqual([])
  return hasDied
}

describe('[C1] [I5] the device dies at every step of', () => {
  test.each(traces)(
    '$name',
    async (trace) => {
      for (const isPowerCut of [false, true]) {
        let point = 1
        while (await dieAt(trace, point, isPowerCut)) point += 1
        // As many steps as a transaction has at the least: its requests, the commit and what comes after.
        expect(point).toBeGreaterThan(8)
      }
    },
    120_000,
  )
})
