import { countAnswers, traceRequests } from './answers-counted.ts'
import { chanceOf, type Chance } from './chance.ts'
import { createCoverage } from './coverage.ts'
import { createDevice } from './device/device.ts'
import { enrolTab } from './device/enrol.ts'
import { openTab } from './device/tab.ts'
import { createDeviceEvents, type DeviceEvents } from './events/device-events.ts'
import { createServerEvents, type ServerEvents } from './events/server-events.ts'
import { newIdFrom } from './ids.ts'
import { invariants } from './invariants/all.ts'
import { mutants } from './mutants/all.ts'
import type { IngestStore } from '../../server/use-cases/ports.ts'
import { verifySignature } from './signer.ts'
import { createLedger } from './ledger.ts'
import { createNetwork, goodLine, type Interleaving } from './network.ts'
import { checkOtherClocks, keepLog } from './other-clocks.ts'
import { createScheduler } from './scheduler.ts'
import { createMemoryChanges } from './server/memory-changes.ts'
import { createMemoryDatabase, type MemoryDatabase, type ServerPace } from './server/memory-database.ts'
import { createMemoryIngest, inOrderOfCommits } from './server/memory-ingest.ts'
import { createMemoryOffice } from './server/office.ts'
import { createSimServer } from './server/sim-server.ts'
import { firstRecords, registerIds, staffIds } from './shop.ts'
import { createWatching, type Watching } from './watching.ts'
import type { Violation } from './violation.ts'
import type { World } from './world.ts'

export type WorldOptions = {
  readonly seed: number
  readonly interleaving?: Interleaving
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

/** A Saturday before noon, twelve hours before the clocks of New York are put back. */
const START_AT = Date.parse('2026-10-31T16:00:00Z')
const limits = { records: 9, orders: 5, segments: 2 }
const MOST_VIOLATIONS = 20

export async function buildWorld({
  seed,
  interleaving = 'statement by statement',
  mutant: mutantName,
  onTrace,
}: WorldOptions): Promise<BuiltWorld> {
  const mutant = mutantName === undefined ? null : mutants[mutantName]!()
  const versions = mutant?.versions?.() ?? inOrderOfCommits
  const makeIngest = (of: MemoryDatabase, pace: ServerPace): IngestStore => {
    const ingest = createMemoryIngest(of, pace, versions)
    return mutant?.ingest?.(ingest) ?? ingest
  }
  let chance = chanceOf(seed, 0, 0)
  const scheduler = createScheduler(START_AT, chance)
  const coverage = createCoverage((what) => onTrace?.(`${scheduler.steps()} ${what}`))
  const database = createMemoryDatabase()
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
      ingest: makeIngest(database, pace),
      verify: (key, message, signature) => {
        mutant?.verify?.(message)
        return verifySignature(key, message, signature)
      },
      changes: createMemoryChanges(database, pace, serverClock, limits),
      office: createMemoryOffice(database, pace, versions, serverClock),
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
  setUpShop(database, world.newId())
  for (const { watch } of invariants) watch(world, watching.watch)
  countAnswers(world, watching.watch)
  if (onTrace) traceRequests(world, watching.watch, onTrace)
  const log = keepLog(database)
  watching.watch.onServerRestored(log.restart)
  watching.watch.atRest(() => (seed % 3 === 0 ? checkOtherClocks(world, log.log(), makeIngest) : undefined))
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

function setUpShop(database: MemoryDatabase, epoch: string): void {
  const records = firstRecords.map(({ kind, id, doc }): [string, unknown] => [
    `${kind}/${id}`,
    { kind, id, doc, v: 1, storeId: null, isDeleted: false, writers: {} },
  ])
  database.restore(
    new Map([
      ['life', new Map([['', { epoch, v: 1, compactedV: 0 }]])],
      ['records', new Map(records)],
    ]),
  )
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
    const enrolment = enrolTab(world, tab, registerId)
    await world.scheduler.runSteps(1_000)
    await enrolment
  }
}
