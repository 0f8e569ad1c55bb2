import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { device, useDeviceQuery } from '../../app/device.ts'
import { OfficeFrame } from '../../app/office-frame.tsx'
import { UnreadState } from '../../app/unread-state.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import { FigureRow } from './figure-row.tsx'
import { FilterBar } from './filter-bar.tsx'
import type { DashboardSearch } from './filters.ts'
import { HeardNotice } from './heard-notice.tsx'
import { HeatCard } from './heat-card.tsx'
import { RankingCard } from './ranking-card.tsx'
import { RegistersCard } from './registers-card.tsx'
import { SalesChart } from './sales-chart.tsx'
import { SalesDisplay } from './sales-display.tsx'
import { TendersCard } from './tenders-card.tsx'
import { useView, type View } from './use-view.ts'
import { rangeWords } from './words.ts'

/** Sales of any range and store, from what this device holds. The filters are the page's address. */
export function DashboardScreen() {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const { view, filters, main } = useView(search)
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const isNew = state?.kind === 'new'
  const isLoading = state !== undefined && state.kind !== 'new' && !state.isLoaded
  const change = (next: DashboardSearch) => {
    void navigate({
      to: '/dashboard',
      search: withoutEmpty({ ...search, ...next }) as never,
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <OfficeFrame
      title={view && !isNew ? `Sales ${titleEnd(view)}` : 'Sales'}
      actions={!isNew && <FilterBar view={view} filters={filters} onChange={change} />}
    >
      {isNew ? (
        <NotJoined />
      ) : view ? (
        <>
          {isLoading && <LoadProgress share={state.loadedShare} />}
          <Cards view={view} isLoading={isLoading} onChange={change} />
        </>
      ) : main.isLoadingError ? (
        <Pane>
          <UnreadState of={[main]} title="The figures could not be read" />
        </Pane>
      ) : (
        <>
          {isLoading && <LoadProgress share={state.loadedShare} />}
          <Pane>
            <LoadingState rows={6} />
          </Pane>
        </>
      )}
    </OfficeFrame>
  )
}

function LoadProgress({ share }: { share: number }) {
  return (
    <Pane className="mb-4">
      <ProgressBar
        label="Loading sales from before. Figures can only grow until it is done."
        value={share}
        hatch
      />
    </Pane>
  )
}

function Cards({
  view,
  isLoading,
  onChange,
}: {
  view: View
  isLoading: boolean
  onChange: (next: DashboardSearch) => void
}) {
  const { report, named } = view
  const hasStores = named.stores.length > 1 && report.query.storeIds === null
  const share = hasStores ? 'desk:col-span-6' : 'desk:col-span-4'
  const hasSales = report.figures.orders + report.figures.refunds > 0
  return (
    <div className="grid gap-3 tablet:grid-cols-2 tablet:gap-4 desk:grid-cols-12">
      <div className="grid gap-3 tablet:col-span-2 tablet:gap-4 desk:col-span-12 desk:grid-cols-[316px_minmax(0,1fr)]">
        <SalesDisplay view={view} />
        <HeardNotice view={view} />
        <FigureRow view={view} />
      </div>
      {hasSales ? (
        <SalesChart view={view} className="tablet:col-span-2 desk:col-span-8" />
      ) : isLoading ? (
        <Pane className="tablet:col-span-2 desk:col-span-8">
          <LoadingState rows={4} />
        </Pane>
      ) : (
        <NoSales view={view} onChange={onChange} />
      )}
      <RegistersCard view={view} className="tablet:max-desk:col-span-2 desk:col-span-4" />
      {hasSales && (
        <>
          <HeatCard view={view} className="tablet:max-desk:col-span-2 desk:col-span-7" />
          <RankingCard
            view={view}
            kind="products"
            most={7}
            className="tablet:max-desk:col-span-2 desk:col-span-5"
          />
          <RankingCard view={view} kind="categories" most={6} className={share} />
          {hasStores && <RankingCard view={view} kind="stores" most={6} className={share} />}
          <RankingCard view={view} kind="registers" most={6} className={share} />
          <TendersCard view={view} className={share} />
        </>
      )}
    </div>
  )
}

function NotJoined() {
  return (
    <Pane>
      <EmptyState
        title="This device does not know your shop yet"
        text="Join it once; then sales are here with no network, too."
        action={
          <Link to="/welcome" className={keyClass('main')}>
            Join this device
          </Link>
        }
      />
    </Pane>
  )
}

function NoSales({ view, onChange }: { view: View; onChange: (next: DashboardSearch) => void }) {
  const { filters } = view
  const showMonth = { period: 'last-30-days', from: undefined, to: undefined } as const
  return (
    <Pane className="grid place-content-center tablet:col-span-2 desk:col-span-8">
      <EmptyState
        title="No sales in this range"
        text={
          filters.storeId === null
            ? 'They appear here as registers sell. Choose other days to see earlier ones.'
            : 'This store has sold nothing here. Choose other days, or all stores.'
        }
        action={
          <div className="flex gap-2">
            {filters.period !== 'last-30-days' && (
              <Key size="small" onPress={() => onChange(showMonth)}>
                Last 30 days
              </Key>
            )}
            {filters.storeId !== null && (
              <Key size="small" onPress={() => onChange({ store: undefined })}>
                All stores
              </Key>
            )}
          </div>
        }
      />
    </Pane>
  )
}

function titleEnd({ filters, formats }: View): string {
  const words = rangeWords(filters, formats)
  return filters.period === null ? words : words.toLowerCase()
}

function withoutEmpty(search: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
