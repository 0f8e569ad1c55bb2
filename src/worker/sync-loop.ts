import { failed } from '#domain/failure.ts'
import { retryDelayMs } from '#sync/retry.ts'
import { isOutOfSpace } from '../storage/room.ts'
import { readyAhead } from './ready-ahead.ts'
import { createShortLock } from './short-lock.ts'
import { runCycle } from './sync-cycle.ts'
import type { CycleEnd, LoopPorts } from './sync-ports.ts'

export type SyncLoop = {
  /** Begins a cycle, or another one right after that which runs. Resolves when it has ended. */
  wake(): Promise<void>
}

const UNSENT_DELAY_MS = 15_000
const IDLE_DELAY_MS = 60_000
const BUSY_DELAY_MS = 5_000

/**
 *  sleeping ──sale · poke · network back · timer──▶ cycle ──done──▶ sleeping 15 s or 60 s
 *     ▲                                               ├──more──▶ cycle
 *     │                                               ├──retry─▶ sleeping, longer each time ([P6])
 *     │                                               ├──busy──▶ sleeping 5 s: another tab is at it ([C4])
 *     └──── the time that the server asked for ◀──────┴──retry with Retry-After: nothing but the timer wakes
 */
export function createSyncLoop(ports: LoopPorts): SyncLoop {
  const { store, status, clock, chance, timers } = ports
  const lock = createShortLock(ports.tryLock, timers)
  let callOff = (): void => undefined
  let running: Promise<void> | null = null
  let isWanted = false
  let isHeldOff = false
  let failures = 0

  const wake = (): Promise<void> => {
    if (isHeldOff) return Promise.resolve()
    isWanted = true
    return (running ??= untilUnwanted())
  }

  const untilUnwanted = async (): Promise<void> => {
    callOff()
    let delayMs = IDLE_DELAY_MS
    while (isWanted && !isHeldOff) {
      isWanted = false
      try {
        const end = await cycleUnderLock()
        if (end === 'busy') delayMs = BUSY_DELAY_MS
        else if (end.kind === 'more') isWanted = true
        else delayMs = await settle(end)
      } catch (error) {
        // The disk does not answer; it may at the next occasion.
        ports.onError(error)
      }
    }
    // In the same breath as the last look at `isWanted`: a call to wake in between would be lost.
    running = null
    callOff = timers.after(delayMs, () => {
      isHeldOff = false
      void wake()
    })
  }

  const cycleUnderLock = async (): Promise<CycleEnd | 'busy'> => {
    if ((await store.loadInstall()) === null) return { kind: 'done' }
    let end: CycleEnd = { kind: 'retry', waitMs: 0 }
    const outcome = await lock.run(async (isOver) => {
      status.update({ isSyncing: true })
      try {
        end = await runCycle({ ...ports, onAnswer: () => status.update({ isOnline: true }) }, isOver)
      } catch (error) {
        // The till goes on, and so must the next cycle.
        end = { kind: 'trouble', failure: isOutOfSpace(error) ? noRoom : broken }
        ports.onError(error)
      }
      status.update({ isSyncing: false, ...shownBy(end) })
      if (end.kind === 'retry') await readyAhead(ports, () => isOver() || isWanted).catch(ports.onError)
    })
    return outcome === 'busy' ? 'busy' : end
  }

  /** Answers how long to sleep. */
  const settle = async (end: CycleEnd): Promise<number> => {
    if (end.kind === 'retry') {
      isHeldOff = end.waitMs > 0
      if (isHeldOff) {
        // The server is there and says when: to come later than that would leave it idle while a herd waits.
        failures = 0
        // [P6] Spread: whoever was told to wait at the same time must not come back at the same time.
        const delayMs = Math.round(end.waitMs * (1 + chance() / 2))
        status.update({ busyUntil: clock() + delayMs })
        return delayMs
      }
      failures += 1
      return retryDelayMs(failures, chance())
    }
    failures = 0
    const { operations } = await store.loadUnsent()
    return operations > 0 && end.kind === 'done' ? UNSENT_DELAY_MS : IDLE_DELAY_MS
  }

  return { wake }
}

function shownBy(end: CycleEnd) {
  switch (end.kind) {
    case 'done':
    case 'more':
      return { isOnline: true, busyUntil: null, trouble: null }
    case 'retry':
      // One that says when to come is there.
      return end.waitMs > 0 ? { isOnline: true } : { isOnline: false, busyUntil: null }
    case 'trouble':
      return { isOnline: true, busyUntil: null, trouble: end.failure }
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
