import type { RunningDrill } from '../storage/drill.ts'
import type { Store } from '../storage/store.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'
import type { Timers } from './sync-ports.ts'

const LONGEST_MS = 30 * 60_000

export type DrillDependencies = {
  readonly store: Pick<Store, 'loadDrill' | 'saveDrill' | 'loadUnsent'>
  readonly events: Events
  readonly clock: Clock
  readonly timers: Timers
  /** The time is up: the report is due, as if a person had ended it. */
  readonly onTimeUp: () => void
}

export type Drill = {
  isOn(): boolean
  running(): RunningDrill | null
  start(): Promise<void>
  /** Answers what was running; null where nothing was, or another tab has ended it. */
  end(): Promise<RunningDrill | null>
}

/**
 * An outage on purpose: while it is on nothing leaves this device, in all its tabs. It survives a reload and ends by itself, also
 * where the clock was put back meanwhile.
 */
export async function openDrill(dependencies: DrillDependencies): Promise<Drill> {
  const { store, events, clock, timers, onTimeUp } = dependencies
  let { running } = await store.loadDrill()
  let callOff = (): void => undefined

  const isOn = (): boolean => running !== null && clock() >= running.startedAt && clock() < running.endsAt
  const follow = (): void => {
    callOff()
    if (running === null) return
    const leftMs = isOn() ? running.endsAt - clock() : 0
    callOff = timers.after(leftMs, onTimeUp)
  }
  const tell = (drill: RunningDrill | null): void => events.emit({ topics: ['status'], drill })

  events.listen(({ drill }) => {
    if (drill === undefined) return
    running = drill
    follow()
  })
  follow()

  return {
    isOn,
    running: () => (isOn() ? running : null),
    start: async () => {
      if (isOn()) return
      const [{ journalSeq }, startedAt] = [await store.loadUnsent(), clock()]
      const next = { startedAt, endsAt: startedAt + LONGEST_MS, startSeq: journalSeq }
      await store.saveDrill({ running: next })
      tell(next)
    },
    end: async () => {
      const { running: ended } = await store.loadDrill()
      if (ended !== null) await store.saveDrill({ running: null })
      tell(null)
      return ended
    },
  }
}
