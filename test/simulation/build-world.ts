import { countAnswers, traceRequests } from './answers-counted.ts'
import { chanceOf, type Chance } from './chance.ts'
import { countCoincidences } from './coincidences.ts'
import { createCoverage } from './coverage.ts'
import { createDevice } from './device/device.ts'
import { enrolTab } from './device/enrol.ts'
import { openTab } from './device/tab.ts'
import { createDeviceEvents, type DeviceEvents } from './events/device-events.ts'
import { createServerEvents, type ServerEvents } from './events/server-events.ts'
import { newIdFrom } from './ids.ts'
import { invariants } from './invariants/all.ts'
import { mutants } from './mutants/all.ts'
import { verifySignature } from './signer.ts'
import { createLedger } from './ledger.ts'
import { createNetwork, goodLine } from './network.ts'
import { checkOtherClocks, keepLog } from './other-clocks.ts'
import { createScheduler } from './scheduler.ts'
import { type Backing, memoryBacking } from './server/memory-backing.ts'
import { createSimServer } from './server/sim-server.ts'
import { settled } from './settled.ts'
import { registerIds, staffIds } from './shop.ts'
import { createWatching, type Watching } from './watching.ts'
import type { Violation } from './violation.ts'
import type { World } from './world.ts'

export type WorldOptions = {
  readonly seed: number
  /** Where the server's rows lie; in memory unless given. */
  readonly backing?: Backing
  /** A name in `mutants`. */
  readonly mutant?: string | undefined
  /** Hears what people, faults and the network do, for whoever looks into a run. */
  readonly onTrace?: ((line: string) => void) | undefined
}

export type BuiltWorld = {
  readonly world: World
  readonly watching: Watching
  readonly violations: Violation[]
  readonly deviceEvents: DeviceEvents
  readonly serverEvents: ServerEvents
  useChance(chance: Chance): void
}

/** A Saturday at noon in New York, whose clocks are put back at two in the night that follows. */
const START_AT = Date.parse('2026-10-31T16:00:00Z')
const MOST_VIOLATIONS = 20

export async function buildWorld({
  seed,
  backing: given,
  mutant: mutantName,
  onTrace,
}: WorldOptions): Promise<BuiltWorld> {
  const mutant = mutantName === undefined ? null : mutants[mutantName]!()
  const backing = given ?? memoryBacking({ mutant })
  const { database, interleaving } = backing
  let chance = chanceOf(seed, 0, 0)
  const scheduler = createScheduler(START_AT, chance)
  const coverage = createCoverage((what) => onTrace?.(`${scheduler.steps()} ${what}`))
  const violations: Violation[] = []
  const useChance = (next: Chance): void => {
    chance = next
    scheduler.use(next)
  }
  const fail = (rule: string, what: string): void => {
    if (violations.length < MOST_VIOLATIONS) violations.push({ rule, what, atStep: scheduler.steps() })
  }
  const serverClock = (): number => scheduler.now() + world.serverClockOffsetMs
  const server = createSimServer({
    scheduler,
    chance: () => chance,
    coverage,
    interleaving,
    makeParts: (pace) => ({
      ...backing.makeParts(pace, serverClock),
      verify: (key, message, signature) => {
        mutant?.verify?.(message)
        return verifySignature(key, message, signature)
      },
      clock: serverClock,
      onError: (error) =>
        fail('server', error instanceof Error ? (error.stack ?? error.message) : String(error)),
    }),
  })
  let answered: Watching['answered'] = () => undefined
  const network = createNetwork(
    scheduler,
    () => chance,
    coverage,
    server.receive,
    interleaving,
    (request, came) => answered(request, came),
  )
  const ids = chanceOf(seed, -3, 3)
  const world: World = {
    scheduler,
    chance: () => chance,
    coverage,
    network,
    server,
    database,
    peek: backing.peek,
    serverClockOffsetMs: 0,
    devices: [],
    ledger: createLedger(),
    newId: newIdFrom(ids, scheduler.now),
    line: goodLine,
    mutant,
    fail,
  }
  const watching = createWatching(world)
  answered = watching.answered
  await backing.setUp(world.newId())
  for (const { watch } of invariants) watch(world, watching.watch)
  countAnswers(world, watching.watch)
  countCoincidences(world, watching.watch)
  if (onTrace) traceRequests(world, watching.watch, onTrace)
  const { makeIngest } = backing
  if (database && makeIngest && seed % 3 === 0) {
    const log = keepLog(database)
    watching.watch.onServerRestored(log.restart)
    watching.watch.atRest(() => checkOtherClocks(world, log.log(), makeIngest))
  }
  await enrolDevices(world, watching)
  return {
    world,
    watching,
    violations,
    useChance,
    deviceEvents: createDeviceEvents(watching),
    serverEvents: createServerEvents(watching.serverRestored),
  }
}

/** A register, and some of two others and an office, enrolled and open; their first load is part of the run. */
async function enrolDevices(world: World, watching: Watching): Promise<void> {
  const chance = world.chance()
  for (const [index, registerId] of [...registerIds, null].entries()) {
    if (index > 0 && chance.oneIn(3)) continue
    const device = createDevice(registerId === null ? 'office' : `register ${index + 1}`)
    watching.added(device)
    world.devices.push(device)
    const tab = openTab(world, device, { staffId: staffIds[index]! })
    await settled(world, enrolTab(world, tab, registerId))
  }
}
