import type { SalesFigures } from '#domain/rollups.ts'
import { Delta } from '../../ui/delta.tsx'
import { changeOf } from './comparison.ts'
import type { Formats } from './formats.ts'
import type { View } from './use-view.ts'
import { comparisonWords } from './words.ts'

type Figure = {
  readonly name: string
  readonly of: (figures: SalesFigures) => number
  readonly write: (value: number, formats: Formats) => string
  readonly goodWhen: 'up' | 'down'
}

const money = (value: number, formats: Formats) => formats.money(value)

const list: readonly Figure[] = [
  { name: 'Orders', of: ({ orders }) => orders, write: (value, { count }) => count(value), goodWhen: 'up' },
  {
    name: 'Average order',
    of: ({ netMinor, orders }) => (orders === 0 ? 0 : Math.round(netMinor / orders)),
    write: money,
    goodWhen: 'up',
  },
  {
    name: 'Units',
    of: ({ unitsMilli }) => unitsMilli,
    write: (value, { roundUnits }) => roundUnits(value),
    goodWhen: 'up',
  },
  { name: 'Tax', of: ({ taxMinor }) => taxMinor, write: money, goodWhen: 'up' },
  { name: 'Discounts', of: ({ discountMinor }) => discountMinor, write: money, goodWhen: 'down' },
  { name: 'Refunds', of: ({ refundMinor }) => refundMinor, write: money, goodWhen: 'down' },
]

/** Six figures of the range, each with its change against the period before. */
export function FigureRow({ view }: { view: View }) {
  return (
    <dl className="pane grid grid-cols-2 items-stretch overflow-hidden tablet:grid-cols-3 desk:grid-cols-6">
      {list.map((figure) => (
        <Cell key={figure.name} figure={figure} view={view} />
      ))}
    </dl>
  )
}

/** Rules between cells: each draws its start and top edge, and the pane cuts off the outer ones. */
const cellClass = '-ms-px -mt-px grid content-center border-s border-t border-rule px-3.5 py-3 desk:px-4'

function Cell({ figure, view }: { figure: Figure; view: View }) {
  const { report, comparison, formats, filters } = view
  const change = comparison && changeOf(figure.of(comparison.now), figure.of(comparison.before))
  return (
    <div className={cellClass}>
      <dt className="text-sm text-ink-2">{figure.name}</dt>
      <dd className="flex flex-wrap items-baseline justify-between gap-x-2 desk:block">
        <span className="figure text-[1.375rem] leading-relaxed desk:block desk:text-xl desk:leading-normal">
          {figure.write(figure.of(report.figures), formats)}
        </span>
        {change !== null && change !== undefined && <Delta ratio={change} goodWhen={figure.goodWhen} />}
        {comparison && (
          <small className="block text-xs leading-snug text-ink-3 max-desk:hidden">
            {comparisonWords(filters, formats)}{' '}
            <bdi className="whitespace-nowrap">{figure.write(figure.of(comparison.before), formats)}</bdi>
          </small>
        )}
      </dd>
    </div>
  )
}
