import { type Chance, chanceOf } from './chance.ts'
import type { BuiltWorld } from './build-world.ts'
import { journalOf } from './device/device.ts'
import { changeLine } from './events/network-events.ts'
import { dismiss, deleteOrCreate, edit, settle } from './people/editing.ts'
import type { Deed } from './people/deed.ts'
import { refund, refundFromElsewhere, refundTwice } from './people/refunds.ts'
import {
  park,
  payOnTwoDevices,
  payParked,
  payTwice,
  resume,
  sell,
  sellSlowly,
  splitParked,
  voidParked,
} from './people/selling.ts'
import { sellOnNoDay, writePoison, writeWithNextRelease } from './people/strange.ts'
import {
  closeShift,
  countStock,
  finishTask,
  moveCash,
  receiveStock,
  signInAsSomeoneElse,
} from './people/till-and-stock.ts'
import type { World } from './world.ts'

type Step = (world: World) => void
type Weighted = { readonly weight: number; readonly step: (built: BuiltWorld) => Step }

/** What happens in a run and how often: each run is about something else, and no run about everything. */
export type Plan = readonly Weighted[]

const deeds: readonly (readonly [number, Deed])[] = [
  [14, sell],
  [3, sellSlowly],
  [2, payTwice],
  [4, park],
  [3, resume],
  [3, payParked],
  [3, payOnTwoDevices],
  [1, voidParked],
  [1, splitParked],
  [4, refund],
  [2, refundFromElsewhere],
  [1, refundTwice],
  [3, closeShift],
  [2, moveCash],
  [4, countStock],
  [2, receiveStock],
  [9, edit],
  [2, deleteOrCreate],
  [1, dismiss],
  [3, settle],
  [2, finishTask],
  [1, signInAsSomeoneElse],
  [1, writePoison],
  [1, writeWithNextRelease],
  [1, sellOnNoDay],
]

type Theme = readonly (readonly [number, (built: BuiltWorld) => Step])[]

const themes: readonly Theme[] = [
  [[16, () => changeLine]],
  [
    [6, ({ deviceEvents }) => deviceEvents.killTab],
    [3, ({ deviceEvents }) => deviceEvents.killBrowser],
    [3, ({ deviceEvents }) => deviceEvents.powerCut],
    [4, ({ deviceEvents }) => deviceEvents.openAnotherTab],
  ],
  [
    [6, ({ deviceEvents }) => deviceEvents.freezeTab],
    [4, ({ deviceEvents }) => deviceEvents.openAnotherTab],
    [3, ({ deviceEvents }) => deviceEvents.closeConnection],
    [3, ({ deviceEvents }) => deviceEvents.fillDisk],
  ],
  [[10, ({ deviceEvents }) => deviceEvents.changeClock]],
  [
    [3, ({ deviceEvents }) => deviceEvents.cloneProfile],
    [3, ({ deviceEvents }) => deviceEvents.putDiskBack],
  ],
  [[3, ({ deviceEvents }) => deviceEvents.evict]],
  [
    [6, ({ serverEvents }) => serverEvents.changeTroubles],
    [3, ({ serverEvents }) => serverEvents.crash],
    [2, ({ serverEvents }) => serverEvents.upgrade],
  ],
  [
    [2, ({ serverEvents }) => serverEvents.restoreBackup],
    [1, ({ serverEvents }) => serverEvents.recreate],
  ],
  [
    [5, ({ serverEvents }) => serverEvents.compact],
    [5, ({ serverEvents }) => serverEvents.importRecords],
    [1, ({ serverEvents }) => serverEvents.seasonPasses],
    [3, ({ deviceEvents }) => deviceEvents.evict],
  ],
  [
    [6, ({ serverEvents }) => serverEvents.sealPacks],
    [2, ({ deviceEvents }) => deviceEvents.evict],
  ],
  [[4, ({ serverEvents }) => serverEvents.moveRegister]],
  [
    [2, ({ serverEvents }) => serverEvents.revoke],
    [2, ({ deviceEvents }) => deviceEvents.cloneProfile],
    [2, ({ deviceEvents }) => deviceEvents.useOldRelease],
  ],
]

/** Those that a server in PostgreSQL can go through as one in memory does. */
const sharedThemes = 4

/** Two to four themes a run, and the work of the day in all of them. */
export function planFor(seed: number, isShared = false): Plan {
  const chance = chanceOf(seed, -2, 2)
  const count = 2 + chance.int(3)
  const among = isShared ? sharedThemes : themes.length
  const chosen = new Set(Array.from({ length: count }, () => chance.int(among)))
  return [
    ...deeds.map(([weight, deed]): Weighted => ({ weight, step: () => onSomeTab(deed) })),
    ...[...chosen].flatMap((index) => themes[index]!.map(([weight, step]): Weighted => ({ weight, step }))),
  ]
}

export function chooseDeed(plan: Plan, built: BuiltWorld): Step {
  const chance = built.world.chance()
  const total = plan.reduce((sum, { weight }) => sum + weight, 0)
  let place = chance.int(total)
  for (const { weight, step } of plan) {
    place -= weight
    if (place < 0) return step(built)
  }
  return () => undefined
}

function onSomeTab(deed: Deed): Step {
  return (world) => {
    const tab = pickLiveTab(world, world.chance())
    if (tab) deed(world, tab)
  }
}

function pickLiveTab(world: World, chance: Chance) {
  const tabs = world.devices.flatMap((device) =>
    journalOf(device) ? device.tabs.filter(({ owner }) => !owner.isFrozen()) : [],
  )
  return tabs.length > 0 ? chance.pick(tabs) : null
}
