import type { BenchRow, Goal, Unit } from '../bench.ts'
import { quantile, type Round, rowsOf } from '../measure.ts'

/** What was measured of several contenders, round by round. */
export type Group = {
  readonly name: string
  readonly unit: Unit
  readonly rounds: readonly Round[]
  /** What ratios are to; null: the faster peer, where there is one. */
  readonly limit: string | null
  /** Of ours. */
  readonly goal: SyncGoal
}

export type SyncGoal =
  | { readonly kind: 'ratio-at-most'; readonly ratio: number }
  | { readonly kind: 'ratio-at-least'; readonly ratio: number }
  /** `of`: the usual reading, or the worst. */
  | { readonly kind: 'ms-at-most'; readonly ms: number; readonly of: 'median' | 'worst' }

/** The till's own ways to store a sale, and only they, have goals. */
const withGoal = ['evertill', 'evertill strict']
const peers = ['rxdb', 'pouchdb']

export function rowsOfGroup(group: Group): BenchRow[] {
  const { name, unit, rounds } = group
  const limit = group.limit ?? fasterPeer(group)
  return rowsOf(rounds, unit, limit ?? '').map((row): BenchRow => {
    const compared = limit === null ? { ...row, ratio: null } : row
    const goal = withGoal.includes(row.what) ? goalOf(group, compared) : null
    return { ...compared, what: `${name}: ${row.what}`, ...(goal && { goal }) }
  })
}

/** The faster one of those that were measured; null without any. */
function fasterPeer({ rounds, unit, goal }: Group): string | null {
  if (goal.kind === 'ms-at-most') return null
  const isFaster = (one: number, other: number) => (unit === 'ms' ? one < other : one > other)
  const medians = peers
    .filter((peer) => rounds.some((round) => round[peer]))
    .map((peer) => ({ peer, median: quantile(readingsOf(rounds, peer), 0.5) }))
  return medians.toSorted((one, other) => (isFaster(one.median, other.median) ? -1 : 1))[0]?.peer ?? null
}

function goalOf({ goal, rounds }: Group, row: BenchRow): Goal | null {
  if (goal.kind === 'ms-at-most') {
    const reached = goal.of === 'median' ? row.median : Math.max(...readingsOf(rounds, row.what))
    const text = `≤ ${goal.ms.toLocaleString('en')} ms${goal.of === 'worst' ? ', at worst' : ''}`
    return { text, isReached: reached <= goal.ms }
  }
  if (row.ratio === null || row.isLimit) return null
  return goal.kind === 'ratio-at-most'
    ? { text: `≤ ${goal.ratio.toFixed(2)}`, isReached: row.ratio.median <= goal.ratio }
    : { text: `≥ ${goal.ratio.toFixed(2)}`, isReached: row.ratio.median >= goal.ratio }
}

function readingsOf(rounds: readonly Round[], what: string): number[] {
  return rounds.flatMap((round) => round[what] ?? [])
}
