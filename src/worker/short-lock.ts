const LOCK_NAME = 'evertill-sync'
const LONGEST_MS = 30_000

export type ShortLock = {
  /** Runs `work` unless another tab is at it; answers whether it ran. */
  run(work: (deadline: number) => Promise<void>): Promise<'ran' | 'busy'>
}

/**
 * [C4] Avoids that two tabs send the same; nothing depends on it for being right. A frozen tab would hold it for ever, so
 * whoever has found it taken for 30 s goes on without it, and a holder lets go after 30 s.
 */
export function createShortLock(clock: () => number): ShortLock {
  let busySince: number | null = null
  return {
    run: (work) => {
      const deadline = clock() + LONGEST_MS
      if (busySince !== null && clock() - busySince > LONGEST_MS) {
        busySince = null
        return work(deadline).then(() => 'ran' as const)
      }
      return navigator.locks.request(LOCK_NAME, { ifAvailable: true }, async (lock) => {
        if (lock === null) {
          busySince ??= clock()
          return 'busy'
        }
        busySince = null
        await work(deadline)
        return 'ran'
      })
    },
  }
}
