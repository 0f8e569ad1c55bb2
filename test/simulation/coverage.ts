/** What happened in a run, by name: shows that a fault that can occur did occur. */
export type Coverage = {
  count(what: string): void
  readonly counts: ReadonlyMap<string, number>
}

export function createCoverage(onCount: (what: string) => void): Coverage {
  const counts = new Map<string, number>()
  return {
    counts,
    count: (what) => {
      counts.set(what, (counts.get(what) ?? 0) + 1)
      onCount(what)
    },
  }
}

export function addCounts(into: Map<string, number>, from: Iterable<readonly [string, number]>): void {
  for (const [what, times] of from) into.set(what, (into.get(what) ?? 0) + times)
}
