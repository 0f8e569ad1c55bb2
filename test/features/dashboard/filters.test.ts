import { describe, expect, test } from 'vitest'
import { queryOf, readFilters, searchForRange } from '../../../src/features/dashboard/filters.ts'

const today = '2026-11-20'

describe('filters in the address', () => {
  test('nothing means today, all stores, by hour, compared', () => {
    const filters = readFilters({}, today)
    expect(filters).toMatchObject({ period: 'today', storeId: null, granularity: 'hour', isCompared: true })
    expect(queryOf(filters)).toEqual({
      range: { from: today, to: today },
      compareWith: { from: '2026-11-13', to: '2026-11-13' },
      storeIds: null,
      granularity: 'hour',
    })
  })

  test('what makes no sense is left out', () => {
    const nonsense = { period: 'last-century', by: 'minute', from: '2026-13-45', to: '2026-02-30', store: 7 }
    expect(readFilters(nonsense, today)).toEqual(readFilters({}, today))
  })

  test('picked days win over a period, in either order', () => {
    const { range, period } = readFilters({ period: 'today', from: '2026-11-09', to: '2026-11-03' }, today)
    expect(range).toEqual({ from: '2026-11-03', to: '2026-11-09' })
    expect(period).toBeNull()
  })

  test('a granularity that makes no readable chart of the range gives way to one that does', () => {
    expect(readFilters({ period: 'this-year', by: 'day' }, today).granularity).toBe('month')
    expect(readFilters({ period: 'this-year', by: 'week' }, today).granularity).toBe('week')
  })

  test('a range with a name is kept by its name, so that a shared address moves with the days', () => {
    expect(searchForRange({ from: '2026-11-14', to: today }, today)).toEqual({ period: 'last-7-days' })
    expect(searchForRange({ from: '2026-11-02', to: '2026-11-05' }, today)).toEqual({
      from: '2026-11-02',
      to: '2026-11-05',
    })
  })
})
