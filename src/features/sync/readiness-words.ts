import type { Readiness, ReadinessCheck } from '../../worker/api-device.ts'

const ranks: Readonly<Record<ReadinessCheck['state'], number>> = { missing: 0, attention: 1, ok: 2 }

/** What somebody has to do stands on top. */
export function worstFirst(checks: readonly ReadinessCheck[]): ReadinessCheck[] {
  return checks.toSorted((one, other) => ranks[one.state] - ranks[other.state])
}

/** "all in order", "1 missing, 2 worth a look" */
export function readinessWords({ checks }: Pick<Readiness, 'checks'>): string {
  const count = (state: ReadinessCheck['state']) => checks.filter((check) => check.state === state).length
  const [missing, attention] = [count('missing'), count('attention')]
  if (missing + attention === 0) return 'all in order'
  return [missing > 0 && `${missing} missing`, attention > 0 && `${attention} worth a look`]
    .filter(Boolean)
    .join(', ')
}
