export type AdmissionLimits = {
  /** Pieces of work at the same time. */
  readonly atOnce: number
  /** Of these, for one group: below `atOnce`, who comes beside a herd finds a place at once. */
  readonly mostOfOneGroup: number
  /** Requests that may wait for their turn; each holds its body in memory. */
  readonly mostWaiting: number
  /** Well below the time after which a device gives a request up. */
  readonly longestWaitMs: number
}

export type AdmissionPorts = {
  /** ms, of a clock that never goes back. */
  readonly now: () => number
  /** 0…1, 1 excluded. */
  readonly chance: () => number
}

/** Done, or nothing was done and the caller may come again after that time. */
export type Admitted<T> =
  | { readonly isAdmitted: true; readonly value: T }
  | { readonly isAdmitted: false; readonly retryAfterSeconds: number }

export type Admission = {
  /**
   * Does the work when its turn comes. Who belongs to one group waits in line; groups take turns, so that the herd of one
   * business holds nobody else up. `gone`: the caller has left, and is forgotten if it still waits.
   */
  run<T>(group: string, work: () => Promise<T>, gone?: AbortSignal): Promise<Admitted<T>>
}

type Waiter = { readonly group: string; readonly begin: () => void; readonly sendAway: () => void }

/** Weight of the latest piece of work in the running mean. */
const latestWeight = 0.1
const firstGuessMs = 50
/** Longer, and the server would stand idle where the first pieces took long, as they do after a start. */
const longestAwayMs = 15_000

/**
 *  arriving ──a place is free for its group──▶ at work ──▶ done: the first of the next such group takes the place
 *      ├──none is──▶ waiting ──its turn──▶ at work
 *      │                └──too long, or the line is full and its group the largest──▶ sent away
 *      └──the line is full, and no group larger than its own──▶ sent away
 *
 * Whoever is sent away is told when its turn is likely to be: each a later time than the one before, as far apart as the
 * work takes, and spread by chance, so that the herd does not come back as one.
 */
export function createAdmission(limits: AdmissionLimits, { now, chance }: AdmissionPorts): Admission {
  /** In the sequence in which the groups take their turns; none is empty. */
  const lines = new Map<string, Waiter[]>()
  let waiting = 0
  let working = 0
  const workingOf = new Map<string, number>()
  let meanMs = firstGuessMs
  let bookedUntilMs = 0

  const remove = (waiter: Waiter): boolean => {
    const line = lines.get(waiter.group) ?? []
    const place = line.indexOf(waiter)
    if (place === -1) return false
    line.splice(place, 1)
    if (line.length === 0) lines.delete(waiter.group)
    waiting -= 1
    return true
  }

  const hasPlace = (group: string): boolean =>
    working < limits.atOnce && (workingOf.get(group) ?? 0) < limits.mostOfOneGroup

  const takeUp = (group: string): void => {
    working += 1
    workingOf.set(group, (workingOf.get(group) ?? 0) + 1)
  }

  const giveUp = (group: string): void => {
    working -= 1
    const left = workingOf.get(group)! - 1
    if (left === 0) workingOf.delete(group)
    else workingOf.set(group, left)
  }

  const callNext = (): void => {
    for (const [group, line] of lines) {
      if (!hasPlace(group)) continue
      const first = line[0]!
      remove(first)
      // To the end of the turns.
      if (lines.delete(group)) lines.set(group, line)
      return first.begin()
    }
  }

  /** The last of the largest line gives way to somebody whose own line is shorter. */
  const makeRoomFor = (group: string): boolean => {
    let largest: readonly Waiter[] = []
    for (const line of lines.values()) if (line.length > largest.length) largest = line
    if (largest.length <= (lines.get(group)?.length ?? 0) + 1) return false
    largest.at(-1)!.sendAway()
    return true
  }

  const waitForTurn = (group: string, gone: AbortSignal | undefined): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (isTurn: boolean): void => {
        clearTimeout(tooLong)
        gone?.removeEventListener('abort', leave)
        resolve(isTurn)
      }
      const leave = (): void => {
        if (remove(waiter)) settle(false)
      }
      const begin = (): void => {
        takeUp(group)
        settle(true)
      }
      const waiter: Waiter = { group, begin, sendAway: leave }
      const tooLong = setTimeout(leave, limits.longestWaitMs)
      gone?.addEventListener('abort', leave)
      const line = lines.get(group)
      if (line === undefined) lines.set(group, [waiter])
      else line.push(waiter)
      waiting += 1
    })

  const takePlace = (group: string, gone: AbortSignal | undefined): boolean | Promise<boolean> => {
    if (hasPlace(group)) {
      takeUp(group)
      return true
    }
    return (waiting < limits.mostWaiting || makeRoomFor(group)) && waitForTurn(group, gone)
  }

  const sentAway = (): Admitted<never> => {
    const turnMs = meanMs / limits.atOnce
    bookedUntilMs = Math.max(bookedUntilMs, now() + waiting * turnMs) + turnMs
    const awayMs = Math.min(bookedUntilMs - now(), longestAwayMs) * (0.75 + chance() / 2)
    return { isAdmitted: false, retryAfterSeconds: Math.max(1, Math.ceil(awayMs / 1000)) }
  }

  return {
    async run(group, work, gone) {
      if (!(await takePlace(group, gone))) return sentAway()
      const startedAt = now()
      try {
        return { isAdmitted: true, value: await work() }
      } finally {
        meanMs += (now() - startedAt - meanMs) * latestWeight
        giveUp(group)
        callNext()
      }
    },
  }
}
