import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, monthOf, weekdayOf, weekStartOf } from '#domain/business-time.ts'
import type { PaidOrder } from '#domain/order.ts'
import { addCells, cellsOfOrder, emptyCells, listCells } from '#domain/reduce-sales.ts'
import type { DayRange, Granularity, RankedRow, SalesQuery, SalesReport } from '#domain/report.ts'
import type { SalesCells, SalesFigures, Segment } from '#domain/rollups.ts'
import { salesReport } from '#domain/sales-report.ts'
import { paidOrder, segmentOf } from './sales-samples.ts'

const stores = ['store-a', 'store-b']
const firstDay = '2024-01-20'

const orders = fc.array(
  fc
    .record({
      store: fc.constantFrom(...stores),
      register: fc.constantFrom('1', '2'),
      day: fc.integer({ min: 0, max: 75 }).map((days) => addDays(firstDay, days)),
      hour: fc.integer({ min: 0, max: 23 }),
      isRefund: fc.boolean(),
      lines: fc.array(
        fc.record({
          productId: fc.constantFrom(null, 'p1', 'p2', 'p3'),
          categoryId: fc.constantFrom(null, 'c1', 'c2'),
          quantityMilli: fc.integer({ min: 1, max: 5000 }),
          netMinor: fc.integer({ min: 0, max: 90_000 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      tender: fc.constantFrom('cash' as const, 'card' as const),
    })
    .map(paidOrder),
  { maxLength: 40 },
)

const range = fc
  .tuple(fc.integer({ min: -10, max: 80 }), fc.integer({ min: 0, max: 40 }))
  .map(([start, days]): DayRange => ({ from: addDays(firstDay, start), to: addDays(firstDay, start + days) }))

const query = fc.record({
  range,
  compareWith: fc.option(range, { nil: null }),
  storeIds: fc.constantFrom(null, ['store-a'], ['store-b', 'store-a'], []),
  granularity: fc.constantFrom<Granularity>('hour', 'day', 'week', 'month'),
})

describe('[D1] a report of segments plus own sales', () => {
  test('equals a recount of the orders, wherever each journal is split between segments and own sales', () => {
    fc.assert(
      fc.property(orders, query, fc.integer({ min: 0, max: 40 }), (all, asked, split) => {
        const report = reportSplitAt(all, asked, split)
        expect(report).toEqual(recount(all, asked))
      }),
      { numRuns: 300 },
    )
  })

  test('is the same at every split', () => {
    fc.assert(
      fc.property(orders, query, (all, asked) => {
        const whole = reportSplitAt(all, asked, all.length)
        for (let split = 0; split <= all.length; split++)
          expect(reportSplitAt(all, asked, split)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  test('counts an order twice when it is in both, so the caller must leave out what is included', () => {
    const all = [sale('2024-02-10', 500)]
    expect(salesReport(day('2024-02-10'), segmentsOf(all), ownOf(all)).figures.netMinor).toBe(1000)
  })
})

describe('what a report reads', () => {
  test('segments of other months and stores are not touched', () => {
    const poisoned = (storeId: string, month: string) =>
      ({
        storeId,
        month,
        get hours(): never {
          throw new Error('read')
        },
      }) as unknown as Segment
    const asked = { ...day('2024-02-10'), storeIds: ['store-a'] }
    const others = [
      poisoned('store-a', '2024-01'),
      poisoned('store-a', '2024-03'),
      poisoned('store-b', '2024-02'),
    ]
    const report = salesReport(asked, [...others, ...segmentsOf([sale('2024-02-10', 700)])], [])
    expect(report.figures.netMinor).toBe(700)
    expect(() => salesReport(asked, [poisoned('store-a', '2024-02')], [])).toThrow('read')
  })

  test('the first and the last day belong to the range', () => {
    const all = ['2024-01-31', '2024-02-01', '2024-02-29', '2024-03-01'].map((at) => sale(at, 100))
    const report = salesReport(
      {
        range: { from: '2024-02-01', to: '2024-02-29' },
        compareWith: null,
        storeIds: null,
        granularity: 'day',
      },
      segmentsOf(all),
      [],
    )
    expect(report.figures.netMinor).toBe(200)
    expect(report.series.length).toBe(29)
  })

  test('series hold every key of the range, empty ones too', () => {
    const keys = (granularity: Granularity) =>
      salesReport(
        { range: { from: '2024-01-30', to: '2024-02-06' }, compareWith: null, storeIds: null, granularity },
        [],
        [],
      ).series.map((point) => point.key)
    expect(keys('week')).toEqual(['2024-01-29', '2024-02-05'])
    expect(keys('month')).toEqual(['2024-01', '2024-02'])
    expect([keys('day').length, keys('hour').length]).toEqual([8, 24])
  })

  test('rankings are sorted by net amount, then id, and know the period before', () => {
    const all = [
      sale('2024-02-10', 500, 'p3'),
      sale('2024-02-10', 500, 'p2'),
      sale('2024-02-10', 900, 'p1'),
      sale('2024-02-03', 300, 'p2'),
    ]
    const asked = { ...day('2024-02-10'), compareWith: { from: '2024-02-03', to: '2024-02-03' } }
    const report = salesReport(asked, segmentsOf(all), [])
    expect(report.products.map((row) => [row.id, row.netMinor, row.previousNetMinor])).toEqual([
      ['p1', 900, 0],
      ['p2', 500, 300],
      ['p3', 500, 0],
    ])
    expect(report.previous?.netMinor).toBe(300)
  })

  test('a range that ends before it begins is empty', () => {
    const asked = { ...day('2024-02-10'), range: { from: '2024-02-10', to: '2024-02-08' } }
    expect(salesReport(asked, segmentsOf([sale('2024-02-10', 500)]), []).figures.netMinor).toBe(0)
  })
})

function day(at: string): SalesQuery {
  return { range: { from: at, to: at }, compareWith: null, storeIds: null, granularity: 'hour' }
}

function sale(at: string, netMinor: number, productId: string | null = 'p1'): PaidOrder {
  return paidOrder({
    store: 'store-a',
    register: '1',
    day: at,
    hour: 9,
    isRefund: false,
    lines: [{ productId, categoryId: 'c1', quantityMilli: 1000, netMinor }],
    tender: 'cash',
  })
}

/** The first `split` orders are in segments, the rest only on the device. */
function reportSplitAt(all: readonly PaidOrder[], asked: SalesQuery, split: number): SalesReport {
  return salesReport(asked, segmentsOf(all.slice(0, split)), ownOf(all.slice(split)))
}

function segmentsOf(all: readonly PaidOrder[]): Segment[] {
  const groups = Map.groupBy(all, (order) => `${order.storeId} ${monthOf(order.businessDay)}`)
  return [...groups].map(([key, group]) => segmentOf(key.split(' ')[0]!, key.split(' ')[1]!, cellsOf(group)))
}

function ownOf(all: readonly PaidOrder[]) {
  const groups = Map.groupBy(all, (order) => order.storeId)
  return [...groups].map(([storeId, group]) => ({ storeId, cells: cellsOf(group) }))
}

function cellsOf(all: readonly PaidOrder[]): SalesCells {
  const sums = emptyCells()
  for (const order of all) addCells(sums, cellsOfOrder(order))
  return listCells(sums)
}

/** The report by filters over whole orders: slow, obvious, and sharing no code with the real one. */
function recount(all: readonly PaidOrder[], asked: SalesQuery): SalesReport {
  const inStores = all.filter((order) => asked.storeIds === null || asked.storeIds.includes(order.storeId))
  const within = ({ from, to }: DayRange) =>
    inStores.filter((order) => order.businessDay >= from && order.businessDay <= to)
  const now = within(asked.range)
  const before = asked.compareWith && within(asked.compareWith)
  const rank = (parts: (order: PaidOrder) => Part[]) => rankParts(now, before, parts)
  const byOrder = (idOf: (order: PaidOrder) => string) =>
    rank((order) => [
      {
        id: idOf(order),
        netMinor: order.totals.netMinor,
        unitsMilli: units(order),
        orders: order.refundOf === null ? 1 : 0,
      },
    ])
  const byLine = (idOf: (line: PaidOrder['lines'][number]) => string | null) =>
    rank((order) =>
      order.lines.map((line) => ({
        id: idOf(line) ?? '',
        netMinor: line.netMinor,
        unitsMilli: line.quantityMilli,
        orders: 0,
      })),
    )
  const tenders = [...new Set(now.flatMap((order) => order.payments.map(({ tender }) => tender)))].map(
    (tender) => {
      const payments = now.flatMap((order) => order.payments.filter((payment) => payment.tender === tender))
      return {
        tender,
        payments: payments.length,
        amountMinor: sum(payments, (payment) => payment.amountMinor),
      }
    },
  )
  return {
    query: asked,
    figures: figuresOf(now),
    previous: before && figuresOf(before),
    series: series(now, asked.range, asked.granularity),
    previousSeries: before ? series(before, asked.compareWith!, asked.granularity) : [],
    heat: Array.from({ length: 7 }, (_, weekday) =>
      Array.from({ length: 24 }, (__, hour) =>
        sum(
          now.filter((order) => weekdayOf(order.businessDay) === weekday && order.businessHour === hour),
          (order) => order.totals.netMinor,
        ),
      ),
    ),
    products: byLine((line) => line.productId),
    categories: byLine((line) => line.categoryId),
    stores: byOrder((order) => order.storeId),
    registers: byOrder((order) => order.registerId),
    tenders: tenders.toSorted((a, b) => b.amountMinor - a.amountMinor || (a.tender < b.tender ? -1 : 1)),
  }
}

type Part = Omit<RankedRow, 'previousNetMinor'>

function rankParts(
  now: PaidOrder[],
  before: PaidOrder[] | null,
  parts: (order: PaidOrder) => Part[],
): RankedRow[] {
  const mine = now.flatMap(parts)
  const earlier = before?.flatMap(parts)
  return [...new Set(mine.map(({ id }) => id))]
    .map((id) => {
      const of = (list: Part[]) => list.filter((part) => part.id === id)
      return {
        id,
        netMinor: sum(of(mine), (part) => part.netMinor),
        unitsMilli: sum(of(mine), (part) => part.unitsMilli),
        orders: sum(of(mine), (part) => part.orders),
        previousNetMinor: earlier ? sum(of(earlier), (part) => part.netMinor) : null,
      }
    })
    .filter((row) => row.netMinor !== 0 || row.unitsMilli !== 0 || row.orders !== 0)
    .toSorted((a, b) => b.netMinor - a.netMinor || (a.id < b.id ? -1 : 1))
}

function series(all: PaidOrder[], asked: DayRange, granularity: Granularity) {
  const keyOf = (order: PaidOrder) =>
    granularity === 'hour' ? String(order.businessHour).padStart(2, '0') : keyOfDay(order.businessDay)
  const keyOfDay = (at: string) =>
    granularity === 'week' ? weekStartOf(at) : granularity === 'month' ? at.slice(0, 7) : at
  const days = Array.from({ length: daysBetween(asked.from, asked.to) + 1 }, (_, n) => addDays(asked.from, n))
  const keys =
    granularity === 'hour'
      ? Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
      : [...new Set(days.map(keyOfDay))]
  return keys.map((key) => ({ key, figures: figuresOf(all.filter((order) => keyOf(order) === key)) }))
}

function figuresOf(all: PaidOrder[]): SalesFigures {
  const refunds = all.filter((order) => order.refundOf !== null)
  return {
    orders: all.length - refunds.length,
    refunds: refunds.length,
    unitsMilli: sum(all, units),
    grossMinor: sum(all, (order) => order.totals.grossMinor),
    discountMinor: sum(all, (order) => order.totals.discountMinor),
    netMinor: sum(all, (order) => order.totals.netMinor),
    taxMinor: sum(all, (order) => order.totals.taxMinor),
    refundMinor: 0 - sum(refunds, (order) => order.totals.netMinor),
  }
}

function units(order: PaidOrder): number {
  return sum(order.lines, (line) => line.quantityMilli)
}

function sum<T>(list: readonly T[], amountOf: (item: T) => number): number {
  return list.reduce((total, item) => total + amountOf(item), 0)
}
