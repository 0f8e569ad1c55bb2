import { retryDelayMs } from '#sync/retry.ts'
import { failed } from '#domain/failure.ts'
import { isOutOfSpace } from '../storage/room.ts'
import { createShortLock } from './short-lock.ts'
import type { Status } from './status.ts'
import { type CycleDependencies, type CycleEnd, runCycle } from './sync-cycle.ts'

export type SyncLoop = {
  /** Begins a cycle, or another one right after that which runs. Resolves when it has ended. */
  wake(): Promise<void>
}

export type LoopDependencies = Omit<CycleDependencies, 'onAnswer'> & {
  readonly status: Status
  /** 0…1. */
  readonly chance: () => number
}

const UNSENT_DELAY_MS = 15_000
const IDLE_DELAY_MS = 60_000
const BUSY_DELAY_MS = 5_000

/**
 *  sleeping ──sale · poke · network back · timer──▶ cycle ──done──▶ sleeping 15 s or 60 s
 *                                                     ├──more──▶ cycle
 *                                                     ├──retry─▶ sleeping, longer each time ([P6])
 *                                                     └──busy──▶ sleeping 5 s: another tab is at it ([C4])
 */
export function createSyncLoop(dependencies: LoopDependencies): SyncLoop {
  const { store, status, clock, chance } = dependencies
  const lock = createShortLock(clock)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let isWanted = false
  let failures = 0

  const wake = (): Promise<void> => {
    isWanted = true
    return (running ??= untilUnwanted())
  }

  const untilUnwanted = async (): Promise<void> => {
    clearTimeout(timer)
    let delayMs = IDLE_DELAY_MS
    while (isWanted) {
      isWanted = false
      const end = await cycleUnderLock()
      if (end === 'busy') delayMs = BUSY_DELAY_MS
      else if (end.kind === 'more') isWanted = true
      else delayMs = await settle(end)
    }
    // In the same breath as the last look at `isWanted`: a call to wake in between would be lost.
    running = null
    timer = setTimeout(() => void wake(), delayMs)
  }

  const cycleUnderLock = async (): Promise<CycleEnd | 'busy'> => {
    if ((await store.loadInstall()) === null) return { kind: 'done' }
    let end: CycleEnd = { kind: 'retry' }
    const outcome = await lock.run(async (deadline) => {
      status.update({ isSyncing: true })
      try {
        end = await runCycle({ ...dependencies, onAnswer: () => status.update({ isOnline: true }) }, deadline)
      } catch (error) {
        // The till goes on, and so must the next cycle.
        end = { kind: 'trouble', failure: isOutOfSpace(error) ? noRoom : broken }
        console.error(error)
      }
      status.update({ isSyncing: false, ...shownBy(end) })
    })
    return outcome === 'busy' ? 'busy' : end
  }

  /** Answers how long to sleep. */
  const settle = async (end: CycleEnd): Promise<number> => {
    if (end.kind === 'retry') {
      failures += 1
      return retryDelayMs(failures, chance())
    }
    failures = 0
    const { count } = await store.loadUnsent()
    return count > 0 && end.kind === 'done' ? UNSENT_DELAY_MS : IDLE_DELAY_MS
  }

  return { wake }
}

function shownBy(end: CycleEnd) {
  switch (end.kind) {
    case 'done':
    case 'more':
      return { isOnline: true, trouble: null }
    case 'retry':
      return { isOnline: false }
    case 'trouble':
      return { isOnline: true, trouble: end.failure }
  }
}

const noRoom = failed(
  'storage/no-room-for-changes',
  'This device has no room for what is new.',
  'Free some space on the device. Sales go on and are sent.',
).failure

const broken = failed(
  'sync/broken',
  'Something on this device went wrong.',
  'Reload the page. If it stays, tell the person who runs Evertill.',
).failure
