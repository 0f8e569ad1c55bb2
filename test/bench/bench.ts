export type BenchOptions = {
  /** Everything is measured once a round; what is compared are the medians of rounds. */
  readonly rounds: number
  /** `smoke` proves that a bench runs; its numbers say nothing about speed. */
  readonly size: 'full' | 'smoke'
  /** A first look: fewer rounds of less, where the bench has such a thing. */
  readonly isQuick?: boolean
  /** Aborted when the time is up or the person stops it: what was started is stopped all the same. */
  readonly signal: AbortSignal
}

export type Unit = 'ms' | 'orders/s' | 'documents/s' | 'bytes'

/** Median over the rounds, and the lowest and highest round. */
export type Ratio = { readonly median: number; readonly low: number; readonly high: number }

export type BenchRow = {
  readonly what: string
  readonly unit: Unit
  readonly median: number
  /** Of times only: how long the slow ones take. */
  readonly p95: number | null
  /** To the limit, measured in the same run: above 1 is slower for ms, faster for orders/s. Null: nothing to compare with. */
  readonly ratio: Ratio | null
  /** The limit itself. */
  readonly isLimit: boolean
  /** What ours is to reach. */
  readonly goal?: Goal
}

export type Goal = { readonly text: string; readonly isReached: boolean }

export type Bench = {
  readonly name: string
  readonly about: string
  /** What the ratios are to. */
  readonly limit: string
  /** Rounds unless --rounds says otherwise. */
  readonly rounds: number
  /** When it is stopped; a minute where absent. */
  readonly longestMs?: number
  /** Where its rows are written, unless --json says otherwise; nowhere where absent. */
  readonly jsonFile?: string
  run(options: BenchOptions): Promise<BenchRow[]>
}
