import { describe, expect, test } from 'vitest'
import { contactWords, onlyHereWords, sendOutcome, whenWords } from '../../../src/features/sync/sent-words.ts'
import type { SyncStatus } from '../../../src/worker/api-device.ts'

const nowMs = new Date(2026, 2, 3, 14, 7).getTime()
const minuteMs = 60_000

const status: SyncStatus = {
  ...{ isOnline: true, isSyncing: false, unsentCount: 12, oldestUnsentAt: nowMs - 42 * minuteMs },
  ...{ lastContactAt: nowMs - 38 * minuteMs, journalSeq: 40, isStorageShort: false, openInbox: 0 },
  ...{ isDrill: false, isRevoked: false, needsUpgrade: false, trouble: null, busyUntil: null },
}
const sent: SyncStatus = { ...status, unsentCount: 0, oldestUnsentAt: null }
const offline: SyncStatus = { ...status, isOnline: false }

describe('what is only here', () => {
  test('[C7] has a count and the age of the oldest', () => {
    expect(onlyHereWords(status, nowMs, 'en-US')).toBe('12 only here, oldest 42 min')
    expect(onlyHereWords({ ...status, oldestUnsentAt: nowMs }, nowMs, 'en-US')).toBe('12 only here, just now')
    expect(onlyHereWords(sent, nowMs, 'en-US')).toBe('All sent')
  })
})

describe('the last contact', () => {
  test('says when, and that selling goes on without a network', () => {
    expect(contactWords(status, nowMs, 'en-US')).toBe('Last contact 1:29 PM (38 min)')
    expect(contactWords(offline, nowMs, 'en-US')).toBe(
      'No connection; selling goes on. Last contact 1:29 PM (38 min)',
    )
    expect(contactWords({ ...offline, isDrill: true }, nowMs, 'en-US')).toContain('Cut off for practice.')
    expect(contactWords({ ...status, lastContactAt: null }, nowMs, 'en-US')).toBe('Never in contact yet')
  })

  test('[P6] a server that asked for time is busy, as long as that lasts', () => {
    const busy = { ...status, busyUntil: nowMs + 12_400 }
    expect(contactWords(busy, nowMs, 'en-US')).toBe(
      'The server is busy; this device comes again in 13 s. Last contact 1:29 PM (38 min)',
    )
    expect(contactWords({ ...busy, isOnline: false }, nowMs, 'en-US')).toContain('No connection;')
    expect(contactWords(busy, nowMs + 12_400, 'en-US')).toBe('Last contact 1:29 PM (38 min)')
  })

  test('more than a day ago it has its day, and a clock that was set back makes no future', () => {
    expect(whenWords(nowMs - 26 * 60 * minuteMs, nowMs, 'en-US')).toBe('Mon, Mar 2, 12:07 PM')
    expect(whenWords(nowMs + 5 * minuteMs, nowMs, 'en-US')).toBe('just now')
  })
})

describe('after "Send now"', () => {
  const outcome = (after: SyncStatus, before = status) => sendOutcome(before, after, nowMs, 'en-US')

  test('all arrived', () => {
    expect(outcome(sent)).toBe('12 sent. Nothing is only here any more.')
    expect(outcome(sent, sent)).toBe('In contact just now. Nothing was left to send.')
  })

  test('no network', () => {
    expect(outcome(offline)).toBe('No connection. What is only here sends itself when it is back.')
    expect(outcome({ ...sent, isOnline: false })).toBe('No connection. It is tried again by itself.')
  })

  test('[P6] the server asked for time', () => {
    const busyUntil = nowMs + 12_400
    expect(outcome({ ...status, busyUntil })).toBe(
      'The server is busy; this device comes again in 13 s. What is only here sends itself then.',
    )
    expect(outcome({ ...sent, busyUntil }, sent)).toBe('The server is busy; this device comes again in 13 s.')
  })

  test('some are left, or something is wrong', () => {
    expect(outcome({ ...status, unsentCount: 3 })).toBe('3 still only here. Sending goes on by itself.')
    const trouble = { code: 'push/x', sentence: '', mend: '', dataSafe: true }
    expect(outcome({ ...status, trouble })).toBe('It did not go through.')
  })
})
