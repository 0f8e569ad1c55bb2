import type { Timers, TryLock } from './sync-ports.ts'

const LONGEST_MS = 30_000

export type ShortLock = {
  /** Runs `work` unless another tab is at it; answers whether it ran. `isOver` tells when it must let go. */
  run(work: (isOver: () => boolean) => Promise<void>): Promise<'ran' | 'busy'>
}

/**
 * [C4] Avoids that two tabs send the same; nothing depends on it for being right. A frozen tab would hold it for ever, so
 * whoever has found it taken goes on without it 30 s later, and a holder lets go after 30 s. Timers tell, as clocks jump.
 */
export function createShortLock(tryLock: TryLock, timers: Timers): ShortLock {
  let isStuck = false
  let stopWatching: (() => void) | null = null
  const found = (): void => {
    isStuck = false
    stopWatching?.()
    stopWatching = null
  }
  const withinTime = async (work: (isOver: () => boolean) => Promise<void>): Promise<void> => {
    let isOver = false
    const callOff = timers.after(LONGEST_MS, () => {
      isOver = true
    })
    try {
      await work(() => isOver)
    } finally {
      callOff()
    }
  }
  return {
    run: async (work) => {
      if (isStuck) {
        found()
        await withinTime(work)
        return 'ran'
      }
      const ran = await tryLock(() => {
        found()
        return withinTime(work)
      })
      if (!ran)
        stopWatching ??= timers.after(LONGEST_MS, () => {
          isStuck = true
        })
      return ran ? 'ran' : 'busy'
    },
  }
}
