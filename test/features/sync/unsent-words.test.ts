import { expect, test } from 'vitest'
import { unsentWords } from '../../../src/features/sync/unsent-words.ts'
import type { UnsentCard } from '../../../src/worker/api-device.ts'

const card: UnsentCard = {
  ...{ seq: 4, kind: 'order.paid', occurredAt: 0 },
  ...{ receiptNumber: '2-118', totalMinor: 450, recordName: null },
}

test.each<[Partial<UnsentCard>, string]>([
  [{}, 'Sale 2-118'],
  [{ totalMinor: -450 }, 'Refund 2-118'],
  [{ receiptNumber: null, totalMinor: null }, 'Sale'],
  [{ kind: 'record.edited', recordName: 'Flat white' }, 'Change: Flat white'],
  [{ kind: 'record.edited' }, 'Change'],
  [{ kind: 'shift.closed' }, 'Shift closed'],
  [{ kind: 'of.a.newer.release' }, 'Entry'],
])('%o is called "%s"', (change, words) => {
  expect(unsentWords({ ...card, ...change })).toBe(words)
})
