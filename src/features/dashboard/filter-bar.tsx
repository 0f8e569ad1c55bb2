import { Download, SlidersHorizontal, Store } from 'lucide-react'
import { useState } from 'react'
import { granularitiesFor, presets } from '#domain/report-period.ts'
import type { DayRange } from '#domain/report.ts'
import { DateRange } from '../../ui/date-range.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { saveCsv } from './csv.ts'
import { searchForRange, type DashboardSearch, type Filters } from './filters.ts'
import { csvName, csvTables } from './tables.ts'
import type { View } from './use-view.ts'
import { comparisonWords, granularityWords, presetWords } from './words.ts'

type FilterProps = {
  readonly view: View | null
  readonly filters: Filters
  readonly onChange: (next: DashboardSearch) => void
}

/** Filters in the heading row; on phones the four usual periods, and the rest in a sheet. */
export function FilterBar(props: FilterProps) {
  const [isOpen, setOpen] = useState(false)
  const { filters, onChange } = props
  return (
    <>
      <div className="flex flex-wrap gap-2 max-tablet:hidden">
        <FilterKeys {...props} />
      </div>
      <Key
        variant="flat"
        square
        label="Filters"
        icon={<Icon of={SlidersHorizontal} />}
        className="tablet:hidden"
        onPress={() => setOpen(true)}
      />
      <SegmentedTabs
        label="Period"
        className="w-full tablet:hidden"
        value={quickPeriods.find((period) => period === filters.period) ?? 'other'}
        options={quickOptions}
        onChange={(value) => (value === 'other' ? setOpen(true) : onChange({ ...noRange, period: value }))}
      />
      <Sheet open={isOpen} onClose={() => setOpen(false)} title="Filters" side="bottom">
        <div className="grid gap-3 pb-4 [&>.key]:w-full">
          <FilterKeys {...props} />
        </div>
      </Sheet>
    </>
  )
}

const noRange = { from: undefined, to: undefined, by: undefined } as const

const quickPeriods = ['today', 'last-7-days', 'this-month'] as const

const quickOptions = [
  { value: 'today', label: 'Today' },
  { value: 'last-7-days', label: '7 days' },
  { value: 'this-month', label: 'Month' },
  { value: 'other', label: 'Other' },
] as const

function FilterKeys({ view, filters, onChange }: FilterProps) {
  const { range, today, granularity } = filters
  const changeRange = (next: DayRange) =>
    onChange({ period: undefined, ...noRange, ...searchForRange(next, today) })
  const granularities = granularitiesFor(range)
  const stores = view?.named.stores ?? []
  const storeName =
    stores.find((each) => each.storeId === filters.storeId)?.name ?? `All ${stores.length} stores`
  const against = view ? `Against ${comparisonWords(filters, view.formats)}` : ''
  const compared = filters.isCompared ? against : 'No comparison'
  return (
    <>
      {view && stores.length > 1 && (
        <Menu
          size="small"
          label={`Store: ${storeName}`}
          trigger={
            <>
              <Icon of={Store} size={16} />
              {storeName}
            </>
          }
          items={storeItems(view, filters, onChange)}
        />
      )}
      <DateRange
        label="Days"
        value={range}
        onChange={changeRange}
        today={today}
        max={today}
        presets={presets(today).map((preset) => ({ ...preset.range, label: presetWords[preset.key] }))}
      />
      {view && filters.period !== 'all' && (
        <Menu
          size="small"
          label={`Comparison: ${compared}`}
          trigger={compared}
          items={[
            {
              key: 'previous',
              label: against,
              chosen: filters.isCompared,
              onPress: () => onChange({ compare: undefined }),
            },
            {
              key: 'none',
              label: 'No comparison',
              chosen: !filters.isCompared,
              onPress: () => onChange({ compare: 'none' }),
            },
          ]}
        />
      )}
      {granularities.length > 1 && (
        <Menu
          size="small"
          label={`Bars: ${granularityWords[granularity]}`}
          trigger={granularityWords[granularity]}
          items={granularities.map((choice) => ({
            key: choice,
            label: granularityWords[choice],
            chosen: choice === granularity,
            onPress: () => onChange({ by: choice === granularities[0] ? undefined : choice }),
          }))}
        />
      )}
      {view && (
        <Menu
          size="small"
          align="end"
          label="Save as CSV"
          trigger={
            <>
              <Icon of={Download} size={16} />
              CSV
            </>
          }
          items={csvTables(view).map(({ key, label, table }) => ({
            key,
            label,
            onPress: () => saveCsv(csvName(view, key), table),
          }))}
        />
      )}
    </>
  )
}

function storeItems(view: View, filters: Filters, onChange: FilterProps['onChange']): MenuItem[] {
  return [
    {
      key: 'all',
      label: `All ${view.named.stores.length} stores`,
      chosen: filters.storeId === null,
      onPress: () => onChange({ store: undefined }),
    },
    ...view.named.stores.toSorted(byName).map(({ storeId, name }) => ({
      key: storeId,
      label: name,
      chosen: filters.storeId === storeId,
      onPress: () => onChange({ store: storeId }),
    })),
  ]
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name)
}
