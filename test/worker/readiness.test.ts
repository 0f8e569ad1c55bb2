import { describe, expect, test } from 'vitest'
import type { ReadinessCheck } from '../../src/worker/api-device.ts'
import { assessReadiness, type Found } from '../../src/worker/readiness.ts'
import { createSyncDevice } from './sync-device.ts'
import { NOW } from '../storage/memory-device.ts'

async function ready(): Promise<Found> {
  const { store } = await createSyncDevice()
  return {
    now: NOW,
    sync: { ...(await store.loadSync())!, clockAheadMs: 1_000 },
    status: {
      isOnline: true,
      isSyncing: false,
      busyUntil: null,
      unsentCount: 0,
      oldestUnsentAt: null,
      lastContactAt: NOW - 1_000,
      journalSeq: 0,
      isStorageShort: false,
      openInbox: 0,
      isDrill: false,
      isRevoked: false,
      needsUpgrade: false,
      trouble: null,
    },
    people: [{ staffId: 's', name: 'Mia', role: 'cashier', hasPin: true }],
    activeProducts: 12,
    storage: { usedBytes: 1, quotaBytes: 1_000_000_000, isPersisted: true },
    canSign: true,
    arePagesKept: true,
  }
}

describe('readiness', () => {
  test('is 100 where nothing is missing', async () => {
    const { score, checks } = assessReadiness(await ready())
    expect(score).toBe(100)
    expect(checks.every(({ state, mend }) => state === 'ok' && mend === null)).toBe(true)
  })

  const cases: [ReadinessCheck['key'], ReadinessCheck['state'], (found: Found) => Partial<Found>, string][] =
    [
      [
        'catalogue',
        'missing',
        ({ sync }) => ({
          sync: { ...sync!, load: { after: 'a', startVersion: 1, startAckedSeq: 0, share: 0.456 } },
        }),
        'The catalog is 46 % loaded.',
      ],
      ['catalogue', 'attention', () => ({ activeProducts: 0 }), 'There is no product yet.'],
      ['people', 'missing', () => ({ people: [] }), 'Nobody can sign in here.'],
      [
        'clock',
        'attention',
        ({ sync }) => ({ sync: { ...sync!, clockAheadMs: -3 * 3_600_000 } }),
        'The clock is 3 hours behind.',
      ],
      [
        'storage',
        'attention',
        ({ storage }) => ({ storage: { ...storage, isPersisted: false } }),
        'The browser may clear what is stored here.',
      ],
      [
        'room',
        'missing',
        ({ storage }) => ({ storage: { ...storage, quotaBytes: 5_000_001 } }),
        'Only 5 MB are left for sales.',
      ],
      ['keys', 'missing', () => ({ canSign: false }), 'This device has no key to sign with.'],
      ['pages', 'missing', () => ({ arePagesKept: false }), 'The app is not kept on this device yet.'],
      [
        'journal',
        'attention',
        ({ status }) => ({ status: { ...status, unsentCount: 3 } }),
        '3 sales on this device only.',
      ],
      [
        'journal',
        'missing',
        ({ status }) => ({ status: { ...status, isRevoked: true } }),
        'This device was taken out of use.',
      ],
      [
        'contact',
        'attention',
        ({ status }) => ({ status: { ...status, lastContactAt: null } }),
        'This device was not connected for a day.',
      ],
    ]
  test.each(cases)('%s can be %s, and says what to do', async (key, state, change, sentence) => {
    const found = await ready()
    const { score, checks } = assessReadiness({ ...found, ...change(found) })
    const check = checks.find((each) => each.key === key)!
    expect(check).toMatchObject({ state, sentence })
    expect(check.mend).toMatch(/\.$/)
    expect(score).toBeLessThan(100)
    expect(checks.filter((each) => each.state !== 'ok')).toEqual([check])
  })
})
