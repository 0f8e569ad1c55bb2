import { describe, expect, test } from 'vitest'
import { readLoadAnswer, readLoadRows, readPullAnswer } from '../../src/transport/answers.ts'

const pack = {
  packId: 'k',
  storeId: 's',
  orderIds: ['a', 'b'],
  vs: [1, 2],
  occurredAts: [1, 2],
  businessDays: ['2026-01-01', '2026-01-01'],
  receiptNumbers: ['1-1', '1-2'],
  registerIds: ['r', 'r'],
  totalsMinor: [1, 2],
  itemsMilli: [1, 2],
  lineNames: ['Tea', 'Tea'],
  refundsOf: [null, 'a'],
  docs: 'packed',
}

const loadPage = (packs: unknown) => ({
  kind: 'page',
  epoch: 'e',
  scope: { id: 'x', storeId: null, registerId: null },
  startVersion: 1,
  after: null,
  share: 1,
  ackedSeq: 0,
  ordersSince: '2026-01-01',
  rows: 'packed',
  packs,
})

const segment = {
  storeId: 's',
  month: '2026-01',
  v: 3,
  included: {},
  registerIds: [],
  productIds: [],
  categoryIds: [],
  hours: Object.fromEntries(
    [
      'day',
      'hour',
      'register',
      'orders',
      'refunds',
      'unitsMilli',
      'grossMinor',
      'discountMinor',
      'netMinor',
      'taxMinor',
      'refundMinor',
    ].map((name) => [name, [1]]),
  ),
  products: { day: [], product: [], category: [], unitsMilli: [], netMinor: [] },
  tenders: { day: [], tender: [], payments: [], amountMinor: [] },
}

describe('a page of a load', () => {
  test('is taken with its packs as they came', () => {
    expect(readLoadAnswer(loadPage([pack]))).toMatchObject({ kind: 'page', packs: [pack] })
    expect(readLoadAnswer({ kind: 'upgrade-required', leastProtocol: 3 })).toEqual({
      kind: 'upgrade-required',
      leastProtocol: 3,
    })
  })

  test.each<[string, unknown]>([
    ['packs that are no list', 7],
    ['a pack whose columns differ in length', [{ ...pack, vs: [1] }]],
    ['a column of something else', [{ ...pack, totalsMinor: ['1', '2'] }]],
    ['a pack without its documents', [{ ...pack, docs: undefined }]],
    ['a sale that is no id', [{ ...pack, refundsOf: [null, 7] }]],
  ])('[P6] with %s is no answer of the protocol', (_, packs) => {
    expect(readLoadAnswer(loadPage(packs))).toBeNull()
  })

  test('[P6] rows that are no JSON, or no rows, are none', () => {
    const rows = { records: [], orders: [], segments: [segment], registers: [] }
    expect(readLoadRows(JSON.stringify(rows))).toEqual(rows)
    expect(readLoadRows('{"records":[')).toBeNull()
    expect(readLoadRows('{"records":[]}')).toBeNull()
    const uneven = { ...segment, products: { ...segment.products, day: [1] } }
    expect(readLoadRows(JSON.stringify({ ...rows, segments: [uneven] }))).toBeNull()
  })
})

describe('an answer to a pull', () => {
  test.each([
    { kind: 'upgrade-required', leastProtocol: 3 },
    {
      kind: 'load-again',
      reason: 'scope-changed',
      epoch: 'e',
      scope: { id: 'office', storeId: null, registerId: null },
    },
  ])('$kind is read', (answer) => {
    expect(readPullAnswer(answer)).toEqual(answer)
  })

  test('[P6] with a reason that is not the protocol’s is none', () => {
    expect(readPullAnswer({ kind: 'load-again', reason: 'mood', epoch: 'e' })).toBeNull()
  })
})
