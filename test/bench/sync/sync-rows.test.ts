import { describe, expect, test } from 'vitest'
import { rowsOfGroup } from './sync-rows.ts'

const faster = { kind: 'ratio-at-least', ratio: 5 } as const
const rates = (evertill: number) => ({
  name: 'push',
  unit: 'orders/s' as const,
  rounds: [{ evertill: [evertill], rxdb: [200], pouchdb: [100] }],
  limit: null,
  goal: faster,
})

describe('rows of the bench sync', () => {
  test('ours is compared with the faster of the peers, and to be five times as fast', () => {
    const [ours, rxdb, pouchdb] = rowsOfGroup(rates(1_000))
    expect(ours).toMatchObject({ ratio: { median: 5 }, goal: { text: '≥ 5.00', isReached: true } })
    expect(rxdb).toMatchObject({ what: 'push: rxdb', ratio: { median: 1 }, isLimit: true })
    expect(pouchdb).toMatchObject({ ratio: { median: 0.5 }, isLimit: false })
    expect(pouchdb).not.toHaveProperty('goal')
    expect(rowsOfGroup(rates(999))[0]).toMatchObject({ goal: { isReached: false } })
  })

  test('a goal of ms is held against the usual reading or the worst, as it says', () => {
    const rounds = [{ evertill: [10] }, { evertill: [12] }, { evertill: [30] }]
    const goalOf = (of: 'median' | 'worst') =>
      rowsOfGroup({ name: 'it', unit: 'ms', rounds, limit: null, goal: { kind: 'ms-at-most', ms: 16, of } })
    expect(goalOf('median')).toMatchObject([{ ratio: null, goal: { isReached: true } }])
    expect(goalOf('worst')).toMatchObject([{ ratio: null, goal: { isReached: false } }])
  })

  test('without peers nothing is compared', () => {
    const rows = rowsOfGroup({ ...rates(1), rounds: [{ evertill: [1] }] })
    expect(rows).toMatchObject([{ ratio: null, isLimit: false }])
    expect(rows[0]).not.toHaveProperty('goal')
  })
})
