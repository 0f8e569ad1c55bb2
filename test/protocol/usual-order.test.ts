import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paidOrderV1 } from '#protocol/paid-order.ts'
import { isUsualOrder } from '#protocol/usual-order.ts'
import { saleOf } from '../storage/memory-device.ts'

const usual = JSON.parse(
  JSON.stringify({
    ...saleOf(1).order,
    receiptNumber: '7-1',
    shiftId: saleOf(1).order.orderId,
    orderDiscount: { kind: 'percent', rateBasisPoints: 1_000, reason: 'Staff' },
  }),
) as Record<string, unknown>

/** Every place in a document, by its path. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))]
}

function withAt(
  doc: unknown,
  path: readonly (string | number)[],
  change: (value: unknown) => unknown,
): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(doc)
  const copy: Record<string, unknown> | unknown[] = Array.isArray(doc) ? [...doc] : { ...(doc as object) }
  const record = copy as Record<string, unknown>
  record[key] = withAt(record[key], rest, change)
  return copy
}

const strange: readonly unknown[] = [
  ...[undefined, null, '', 'x', 'x'.repeat(1_000), 'x'.repeat(1_001), true, 0, -1, 7, 24, 1.5, 2 ** 53, -0],
  ...[NaN, Infinity, [], {}, [null], '2026-02-30', '2026-1-1', 'paid', 'cash', 'inclusive', 'line'],
  ...['00000000-0000-0000-0000-000000000000', '019A2F4E-0000-7000-8000-000000000001'],
  ...['019a2f4e-0000-7000-8000-000000000001', '019a2f4e-0000-9000-8000-000000000001'],
]

describe('[P4] an order read by hand', () => {
  test('is what nearly every order is: all that a till writes passes', () => {
    expect(isUsualOrder(usual)).toBe(true)
    expect(isUsualOrder({ ...usual, orderDiscount: { kind: 'amount', amountMinor: 50, reason: '' } })).toBe(
      true,
    )
  })

  test('never passes where the schema would refuse it or change it, whatever stands in whatever place', () => {
    const somewhere = fc.constantFrom(...places(usual))
    const something = fc.oneof(fc.constantFrom(...strange), fc.anything())
    let passed = 0
    fc.assert(
      fc.property(somewhere, something, (path, value) => {
        const changed = withAt(usual, path, () => value)
        if (!isUsualOrder(changed)) return
        passed += 1
        expect(paidOrderV1.safeParse(changed)).toEqual({ success: true, data: changed })
      }),
      { numRuns: 3_000 },
    )
    expect(passed).toBeGreaterThan(50)
  })

  test('leaves to the schema what has one field more or less', () => {
    for (const path of places(usual)) {
      const isRecord = (value: unknown): value is object =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
      const more = withAt(usual, path, (value) => (isRecord(value) ? { ...value, extra: 1 } : value))
      const less = withAt(usual, path, (value) =>
        isRecord(value) ? Object.fromEntries(Object.entries(value).slice(1)) : value,
      )
      const isChanged = JSON.stringify(more) !== JSON.stringify(usual)
      expect([isUsualOrder(more), isUsualOrder(less)], path.join('.')).toEqual([!isChanged, !isChanged])
    }
  })
})
