import { describe, expect, test } from 'vitest'
import { salesReport } from '#domain/sales-report.ts'
import { previousPeriod } from '#domain/report-period.ts'
import type { DayRange, Granularity, SalesQuery } from '#domain/report.ts'
import {
  changeOf,
  changeOfRow,
  compare,
  onCourseFor,
  wholeDaysQuery,
} from '../../../src/features/dashboard/comparison.ts'
import { addCells, cellsOfOrder, emptyCells, listCells } from '#domain/reduce-sales.ts'
import { paidOrder } from '../../domain/sales-samples.ts'

const today = '2026-11-20'

describe('today', () => {
  const query = queryOf({ from: today, to: today }, 'hour')
  const sales = [
    sale('2026-11-13', 9, 1000),
    sale('2026-11-13', 16, 3000),
    sale(today, 9, 1200),
    sale(today, 14, 700),
  ]
  const report = reportOf(query, sales)

  test('is compared up to the last full hour, not with a whole day', () => {
    const comparison = compare(report, null, { day: today, hour: 14 })
    expect([comparison?.now.netMinor, comparison?.before.netMinor]).toEqual([1200, 1000])
    expect(comparison?.until).toEqual({ kind: 'hour', hour: 14 })
  })

  test('is on course for what it is ahead by, once a sixth of the day before is reached', () => {
    const comparison = compare(report, null, { day: today, hour: 14 })
    expect(comparison && report.previous && onCourseFor(comparison, report.previous)).toBe(4800)
    const early = compare(report, null, { day: today, hour: 8 })
    expect(early && report.previous && onCourseFor(early, report.previous)).toBeNull()
  })

  test('tells no change of products, which are known by day only', () => {
    const comparison = compare(report, null, { day: today, hour: 14 })
    expect(changeOfRow(report, null, comparison, 'products')(report.products[0]!)).toBeNull()
  })

  test('is not compared before its first full hour', () => {
    expect(compare(report, null, { day: today, hour: 0 })).toBeNull()
  })
})

describe('several days that end today', () => {
  const query = queryOf({ from: '2026-11-14', to: today }, 'day')

  test('are compared without today, with as many days', () => {
    const whole = wholeDaysQuery(query, today)
    expect(whole?.range).toEqual({ from: '2026-11-14', to: '2026-11-19' })
    expect(whole?.compareWith).toEqual({ from: '2026-11-07', to: '2026-11-12' })
  })

  test('so that a day that is still running makes nothing look worse', () => {
    const sales = [sale('2026-11-08', 9, 1000), sale('2026-11-13', 9, 9000), sale('2026-11-15', 9, 1100)]
    const report = reportOf(query, sales)
    const wholeDays = reportOf(wholeDaysQuery(query, today)!, sales)
    const comparison = compare(report, wholeDays, { day: today, hour: 14 })!
    expect(changeOf(comparison.now.netMinor, comparison.before.netMinor)).toBeCloseTo(0.1)
    expect(changeOfRow(report, wholeDays, comparison, 'products')(report.products[0]!)).toBeCloseTo(0.1)
  })

  test('a range that ended before today needs no such cut', () => {
    expect(wholeDaysQuery(queryOf({ from: '2026-11-01', to: '2026-11-07' }, 'day'), today)).toBeNull()
    expect(wholeDaysQuery({ ...query, compareWith: null }, today)).toBeNull()
  })
})

test('a change from nothing, or from next to nothing, has no percentage', () => {
  expect(changeOf(500, 0)).toBeNull()
  expect(changeOf(100_000, 10)).toBeNull()
  expect(changeOf(110, 100)).toBeCloseTo(0.1)
  expect(changeOf(50, -100)).toBeCloseTo(1.5)
})

function queryOf(range: DayRange, granularity: Granularity): SalesQuery {
  return { range, compareWith: previousPeriod(range), storeIds: null, granularity }
}

function sale(day: string, hour: number, netMinor: number) {
  const line = { productId: 'p1', categoryId: null, quantityMilli: 1000, netMinor }
  return paidOrder({ store: 's', register: '1', day, hour, isRefund: false, lines: [line], tender: 'cash' })
}

function reportOf(query: SalesQuery, sales: readonly ReturnType<typeof sale>[]) {
  const sums = emptyCells()
  for (const order of sales) addCells(sums, cellsOfOrder(order))
  return salesReport(query, [], [{ storeId: 's', cells: listCells(sums) }])
}
