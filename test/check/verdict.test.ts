import { describe, expect, test } from 'vitest'
import type { ReceiptCheck } from '#protocol/proof.ts'
import { verdictOf } from '../../src/check/verdict.ts'

const held: ReceiptCheck = {
  status: 'held',
  isSigned: true,
  receiptNumber: '2-1184',
  businessName: 'Harbor Street Coffee',
  occurredAt: Date.UTC(2026, 10, 21, 12),
  recordedAt: Date.UTC(2026, 10, 21, 13),
  totalMinor: 1_250,
  currency: { code: 'USD', exponent: 2 },
}

describe('what a customer is told of a receipt', () => {
  test('a sale that is held and signed is genuine, with what stands on the paper', () => {
    const verdict = verdictOf(held, 1_184, 'en-US')
    expect(verdict.look).toBe('genuine')
    expect(Object.fromEntries(verdict.facts)).toMatchObject({
      Shop: 'Harbor Street Coffee',
      Receipt: '2-1184',
      Total: '$12.50',
      'Place in the till’s journal': '1,184',
    })
  })

  test('a currency with three decimals, and one with none, are written as such', () => {
    const total = (code: string, exponent: number): string | undefined =>
      Object.fromEntries(verdictOf({ ...held, currency: { code, exponent } }, 1, 'en-US').facts)['Total']
    expect(total('KWD', 3)).toMatch(/1\.250/)
    expect(total('JPY', 0)).toBe('¥1,250')
  })

  test('one that the till signed and has not handed over yet is to be checked again', () => {
    expect(verdictOf({ ...held, status: 'awaited' }, 1, 'en-US').look).toBe('waiting')
  })

  test.each([
    ['an unknown one', { status: 'unknown' as const, isSigned: false }],
    ['another sale at this place', { status: 'differs' as const, isSigned: true }],
    ['a code that the till did not sign', { status: 'held' as const, isSigned: false }],
  ])('%s does not match, and shows nothing of what is held', (_, changes) => {
    const verdict = verdictOf({ ...held, ...changes }, 1, 'en-US')
    expect(verdict).toMatchObject({ look: 'wrong', facts: [] })
  })
})
