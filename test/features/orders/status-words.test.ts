import { describe, expect, test } from 'vitest'
import type { SyncStatus } from '../../../src/worker/api-device.ts'
import { contactWords, sentWords } from '../../../src/features/orders/status-words.ts'

const now = Date.UTC(2025, 10, 20, 19, 0)
const minute = 60_000
const words = {
  now: 'now',
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => `${count} h`,
  since: (when: string) => `since ${when}`,
}
const status: SyncStatus = {
  isOnline: true,
  isSyncing: false,
  busyUntil: null,
  unsentCount: 0,
  oldestUnsentAt: null,
  lastContactAt: now - 10_000,
  journalSeq: 5,
  isStorageShort: false,
  trouble: null,
  openInbox: 0,
  isDrill: false,
  isRevoked: false,
  needsUpgrade: false,
}
const contact = (change: Partial<SyncStatus>) =>
  contactWords({ ...status, ...change }, now, 'en-US', words, 'America/New_York').replace(/\u202f/g, ' ')

describe('words for what is sent', () => {
  test('counts what is only here and says how old it is', () => {
    expect(sentWords(status, now, 'en-US', words)).toBe('All sent')
    const unsent = { ...status, unsentCount: 12, oldestUnsentAt: now - 42 * minute }
    expect(sentWords(unsent, now, 'en-US', words)).toBe('12 only here, oldest 42 min')
  })

  test('a clock that was set back does not make a negative age', () => {
    expect(sentWords({ ...status, unsentCount: 1, oldestUnsentAt: now + minute }, now, 'en-US', words)).toBe(
      '1 only here, just now',
    )
  })

  test('says when the last contact was, in the time of the store', () => {
    expect(contact({})).toBe('Last contact just now')
    expect(contact({ lastContactAt: now - 38 * minute })).toBe('Last contact 1:22 PM (38 min)')
  })

  test('[P6] a server that asked for time is busy', () => {
    expect(contact({ busyUntil: now + 5_000 })).toBe(
      'The server is busy; this device comes again in 5 s. Last contact just now',
    )
  })

  test('offline says that selling goes on', () => {
    expect(contact({ isOnline: false, lastContactAt: null })).toBe(
      'Offline. Selling goes on; sales send themselves later.',
    )
  })
})
