import { describe, expect, test } from 'vitest'
import {
  conflictText,
  conflictTitle,
  keyText,
  valueInUse,
  valueText,
} from '../../../src/features/inbox/conflict-words.ts'
import { inboxOf } from '../../../src/features/inbox/inbox-items.ts'
import { taskWords } from '../../../src/features/inbox/task-words.ts'
import type { ConflictCard, TaskCard } from '../../../src/worker/api-editing.ts'

const price: ConflictCard = {
  conflictId: 'op:1',
  recordKind: 'product',
  recordId: 'p1',
  recordName: 'Cortado',
  field: 'variants.v1.priceMinor',
  base: 420,
  mine: 440,
  theirs: 450,
  mineBy: { actorId: 'lena', installId: 'i1', at: 1 },
  theirsBy: { actorId: 'priya', installId: 'i2', at: 2 },
  outcome: 'refused',
  reason: 'unseen-value',
  raisedAt: 10,
  state: 'open',
  settledBy: null,
  kept: null,
  mineByName: 'Lena',
  theirsByName: 'Priya',
  settledByName: null,
  fieldName: 'Price of Cortado',
  valueLook: 'money',
  currency: { code: 'USD', exponent: 2 },
  canSettle: true,
}

const task: TaskCard = {
  taskId: 't1',
  reason: 'double-refund',
  storeId: 's1',
  registerId: 'r1',
  installId: 'i1',
  seq: 12,
  orderId: 'o1',
  receiptNumber: '2-118',
  productId: null,
  raisedAt: 20,
  state: 'open',
  doneBy: null,
  productName: null,
  registerName: 'Register 1',
  storeName: 'Mill Lane',
  doneByName: null,
}

describe('the inbox', () => {
  test('[R3] [P4] holds conflicts and tasks, newest first, what is open apart from what is settled', () => {
    const settled = { ...price, conflictId: 'op:2', state: 'settled' as const, raisedAt: 30 }
    const inbox = inboxOf([price, settled], [task])
    expect(inbox.open.map(({ id }) => id)).toEqual(['t1', 'op:1'])
    expect(inbox.settled.map(({ id }) => id)).toEqual(['op:2'])
  })
})

describe('the words of a conflict', () => {
  test('name both prices, who set them, and which holds', () => {
    expect(conflictTitle(price)).toBe('Two prices for Cortado')
    expect(conflictText(price, 'en-US', 'short')).toBe('$4.40 by Lena, $4.50 by Priya. $4.50 holds.')
    expect(conflictText(price, 'en-US', 'whole')).toBe(
      '$4.40 by Lena, $4.50 by Priya, neither seeing the other. $4.50 holds until you decide.',
    )
  })

  test('the later of two names holds where later wins', () => {
    const names = {
      ...price,
      outcome: 'overwritten' as const,
      valueLook: 'text' as const,
      mine: 'A',
      theirs: 'B',
    }
    expect(valueInUse(names)).toBe('mine')
    expect(conflictText(names, 'en-US', 'whole')).toMatch(/A holds/)
  })

  test('say that one was deleted', () => {
    const gone = {
      ...price,
      field: '',
      outcome: 'deleted' as const,
      theirs: null,
      valueLook: 'record' as const,
    }
    expect(conflictText(gone, 'en-US', 'whole')).toMatch(/Priya deleted it while Lena/)
    expect(valueText(gone, null, 'en-US')).toBe('Deleted')
  })

  test('a key names its result, and where that is long, points at it', () => {
    expect(keyText(price, 'mine', 'en-US')).toBe('Use $4.40')
    expect(keyText(price, 'theirs', 'en-US')).toBe('Keep $4.50')
    const long = { ...price, valueLook: 'text' as const, mine: 'Cortado, double shot' }
    expect(keyText(long, 'mine', 'en-US')).toBe('Use this')
    const emptied = { ...price, field: 'variants.v1.barcodes', mine: ['4006381333931'], theirs: [] }
    expect(keyText(emptied, 'theirs', 'en-US')).toBe('Keep it empty')
    expect(keyText({ ...emptied, kept: 'mine' as const }, 'theirs', 'en-US')).toBe('Leave it empty')
    const gone = { ...price, field: '', outcome: 'deleted' as const, theirs: null }
    expect(keyText(gone, 'mine', 'en-US')).toBe('Bring it back')
    expect(keyText(gone, 'theirs', 'en-US')).toBe('Leave it deleted')
    expect(keyText({ ...gone, kept: 'mine' }, 'theirs', 'en-US')).toBe('Delete it')
  })

  test('say who decided, and for what', () => {
    const decided = { ...price, state: 'settled' as const, kept: 'mine' as const, settledByName: 'Ada' }
    expect(conflictText(decided, 'en-US', 'whole')).toBe('Decided by Ada: $4.40.')
  })

  test.each([
    ['rate', 825, '8.25%'],
    ['rate', 2_000, '20%'],
    ['flag', true, 'Yes'],
    ['text', '', 'Empty'],
    ['list', [], 'None'],
    ['record', { name: 'Latte' }, 'Latte'],
  ] as const)('%s %j is written %s', (valueLook, value, text) => {
    expect(valueText({ ...price, valueLook }, value, 'en-US')).toBe(text)
  })
})

describe('the words of a task', () => {
  const reasons = [
    ...['unknown-product', 'dismissed-staff', 'totals-differ', 'payments-differ', 'revoked-install'],
    ...['duplicate-receipt-number', 'overpaid-order', 'double-refund', 'closed-shift', 'negative-stock'],
    ...['count-unsure', 'not-permitted', 'fork', 'parked-operation', 'storage-lost'],
  ] as TaskCard['reason'][]

  test.each(reasons)('%s says what happened and what to do, with no name left out', (reason) => {
    for (const each of [task, { ...task, receiptNumber: null, registerName: null, storeName: null }]) {
      const words = taskWords({ ...each, reason })
      expect(words.title).not.toBe('')
      expect(words.steps.length).toBeGreaterThan(0)
      expect(`${words.title} ${words.text}`).not.toMatch(/null|undefined|!/)
    }
  })
})
