import type { BenchOptions, BenchRow, Ratio, Unit } from './bench.ts'

/** Readings by the name of what was measured. */
export type Round = Readonly<Record<string, readonly number[]>>

/** Does its work once and answers one reading: elapsed ms, or a rate. */
type Contender = () => number | Promise<number>

/**
 * Takes turns: in each turn every contender runs once, in a new random order, so that what else the machine does falls on
 * all of them alike.
 */
export async function measureRound(
  contenders: Readonly<Record<string, Contender>>,
  turns: number,
): Promise<Round> {
  const readings = new Map(Object.keys(contenders).map((name): [string, number[]] => [name, []]))
  for (let turn = 0; turn < turns; turn += 1)
    for (const [name, list] of shuffled([...readings])) list.push(await contenders[name]!())
  return Object.fromEntries(readings)
}

/** A round to warm up, which does not count, and then as many as are asked for. */
export async function measureRounds(
  contenders: Readonly<Record<string, Contender>>,
  turns: number,
  { rounds, signal }: Pick<BenchOptions, 'rounds' | 'signal'>,
): Promise<Round[]> {
  const measured: Round[] = []
  for (let round = 0; round <= rounds; round += 1) {
    await checkTime(signal)
    measured.push(await measureRound(contenders, turns))
  }
  return measured.slice(1)
}

/** Throws when the time is up or the person has stopped it; lets timers run first, as work without a pause keeps them off. */
export async function checkTime(signal: AbortSignal): Promise<void> {
  await new Promise((next) => setTimeout(next))
  signal.throwIfAborted()
}

/** Ms that the work took; an asynchronous one is waited for. */
export async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  const pending = work()
  if (pending instanceof Promise) await pending
  return performance.now() - startedAt
}

/**
 * One row for each thing measured, in the order of the first round. A ratio is that of the medians within a round, as
 * rounds differ more from each other than the contenders of one round do.
 */
export function rowsOf(rounds: readonly Round[], unit: Unit, limit: string): BenchRow[] {
  return Object.keys(rounds[0] ?? {}).map((what) => {
    const all = rounds.flatMap((round) => round[what] ?? [])
    return {
      what,
      unit,
      median: median(all),
      p95: unit === 'ms' ? quantile(all, 0.95) : null,
      ratio: ratioTo(limit, what, rounds),
      isLimit: what === limit,
    }
  })
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which `share` of the values lie, between two of them in proportion. NaN of no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (above - below) * (place - Math.floor(place))
}

function ratioTo(limit: string, what: string, rounds: readonly Round[]): Ratio {
  const ratios = rounds.map((round) => median(round[what] ?? []) / median(round[limit] ?? []))
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) }
}

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!]
  }
  return mixed
}
