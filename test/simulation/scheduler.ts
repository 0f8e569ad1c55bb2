import type { Chance } from './chance.ts'

/** Whose steps these are: a tab, a service worker, a process of the server, the network. */
export type Owner = {
  readonly name: string
  /** Nothing of it happens any more. */
  readonly isDead: () => boolean
  kill(): void
  /** Its steps wait until it thaws. */
  freeze(): void
  thaw(): void
  readonly isFrozen: () => boolean
  /** Called once when it is killed. */
  onKill(listener: () => void): void
}

export type Scheduler = {
  /** ms since 1970: the true time, which no device knows. */
  now(): number
  owner(name: string): Owner
  /**
   * Something that may happen from now on, in any sequence with everything else. Where a step answers a promise, nothing else
   * happens until it has settled.
   */
  soon(owner: Owner, run: () => unknown): void
  /** Something that may happen `delayMs` from now at the earliest; answers how to call it off. */
  after(owner: Owner, delayMs: number, run: () => unknown): () => void
  /** Runs steps by chance until none is left or `most` have run; answers how many did. */
  runSteps(most: number): Promise<number>
  /** Lets time pass, with all that happens in it. */
  runFor(durationMs: number, mostSteps: number): Promise<void>
  /** Uses another stream of chance from here on. */
  use(chance: Chance): void
  /** Called before each step; where it kills the owner, the step is dropped. */
  watch(watcher: ((owner: Owner) => void) | null): void
  steps(): number
}

type Step = { readonly owner: OwnerState; readonly run: () => unknown; isOff: boolean }
type Timer = Step & { readonly at: number; readonly number: number }
type OwnerState = Owner & { readonly held: Step[] }

/** Virtual time and seeded choice: promises go on in between, and nothing else ever runs by itself. */
export function createScheduler(startAt: number, firstChance: Chance): Scheduler {
  let chance = firstChance
  let nowMs = startAt
  const ready: Step[] = []
  let timers: Timer[] = []
  let timerCount = 0
  let stepCount = 0
  let watcher: ((owner: Owner) => void) | null = null

  const enqueue = (step: Step): void => {
    if (step.owner.isDead()) return
    if (step.owner.isFrozen()) step.owner.held.push(step)
    else ready.push(step)
  }

  const takeStep = async (): Promise<boolean> => {
    const index = chance.int(ready.length)
    const step = ready[index]!
    ready[index] = ready[ready.length - 1]!
    ready.pop()
    if (step.isOff || step.owner.isDead()) return false
    if (step.owner.isFrozen()) {
      step.owner.held.push(step)
      return false
    }
    watcher?.(step.owner)
    if (step.owner.isDead()) return false
    stepCount += 1
    const under = step.run()
    if (under instanceof Promise) await under
    await allPromises()
    return true
  }

  const ring = (): void => {
    while (timers.length > 0 && timers[0]!.at <= nowMs) enqueue(timers.shift()!)
  }

  const owner = (name: string): OwnerState => {
    let state: 'live' | 'frozen' | 'dead' = 'live'
    const held: Step[] = []
    const listeners: (() => void)[] = []
    return {
      name,
      held,
      isDead: () => state === 'dead',
      isFrozen: () => state === 'frozen',
      kill: () => {
        if (state === 'dead') return
        state = 'dead'
        held.length = 0
        for (const listener of listeners) listener()
      },
      freeze: () => {
        if (state === 'live') state = 'frozen'
      },
      thaw: () => {
        if (state !== 'frozen') return
        state = 'live'
        ready.push(...held.splice(0))
      },
      onKill: (listener) => void listeners.push(listener),
    }
  }

  const runSteps = async (most: number): Promise<number> => {
    ring()
    let count = 0
    while (count < most && ready.length > 0) if (await takeStep()) count += 1
    return count
  }

  return {
    now: () => nowMs,
    owner,
    soon: (of, run) => enqueue({ owner: of as OwnerState, run, isOff: false }),
    after: (of, delayMs, run) => {
      const timer: Timer = {
        owner: of as OwnerState,
        run,
        isOff: false,
        at: nowMs + Math.max(0, delayMs),
        number: timerCount++,
      }
      let index = timers.length
      while (index > 0 && timers[index - 1]!.at > timer.at) index -= 1
      timers.splice(index, 0, timer)
      return () => {
        timer.isOff = true
      }
    },
    runSteps,
    runFor: async (durationMs, mostSteps) => {
      const end = nowMs + durationMs
      let left = mostSteps
      for (;;) {
        left -= await runSteps(left)
        if (left <= 0) return
        timers = timers.filter((timer) => !timer.isOff && !timer.owner.isDead())
        const next = timers[0]
        if (!next || next.at > end) break
        nowMs = next.at
      }
      nowMs = end
    },
    use: (next) => {
      chance = next
    },
    watch: (next) => {
      watcher = next
    },
    steps: () => stepCount,
  }
}

/** All promises that can go on have gone on when a tick runs that was asked for by one of them; a turn of the loop costs more. */
function allPromises(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}
