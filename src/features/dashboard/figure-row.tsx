import { Minus } from 'lucide-react'
import type { SalesFigures } from '#domain/rollups.ts'
import { Delta } from '../../ui/delta.tsx'
import { Icon } from '../../ui/icon.tsx'
import { changeOf } from './comparison.ts'
import type { Formats } from './formats.ts'
import type { View } from './use-view.ts'
import { shortComparisonWords } from './words.ts'

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
  const { report, formats } = view
  const longest = Math.max(...list.map(({ of, write }) => write(of(report.figures), formats).length))
  // In one row each has some 110 px: nine digits and marks at the size that is read at a glance.
  const isOneRow = longest <= 9
  // On phones a change beside nine of them would wrap in one cell and not in the next.
  const isStacked = longest > 8
  return (
    <dl
      data-row={isOneRow ? 'one' : 'two'}
      data-stacked={isStacked}
      className="group pane grid grid-cols-2 items-stretch overflow-hidden tablet:grid-cols-3 min-[90rem]:data-[row=one]:grid-cols-6"
    >
      {list.map((figure) => (
        <Cell key={figure.name} figure={figure} view={view} />
      ))}
    </dl>
  )
}

function Cell({ figure, view }: { figure: Figure; view: View }) {
  const { report, comparison, formats, filters } = view
  const change = comparison && changeOf(figure.of(comparison.now), figure.of(comparison.before))
  return (
    // Each cell draws its start and top edge; the pane cuts off the outer ones.
    <div className="-ms-px -mt-px grid content-center border-s border-t border-rule px-3.5 py-3 desk:px-4">
      <dt className="text-sm text-ink-2">{figure.name}</dt>
      <dd className="flex flex-wrap items-baseline justify-between gap-x-2 max-tablet:group-data-[stacked=true]:block min-[90rem]:group-data-[row=one]:block">
        <span className="figure block text-[1.375rem] leading-relaxed">
          {figure.write(figure.of(report.figures), formats)}
        </span>
        {change !== null ? <Delta ratio={change} goodWhen={figure.goodWhen} /> : comparison && <NoChange />}
        {comparison && (
          <small className="hidden text-xs leading-snug text-ink-3 min-[90rem]:group-data-[row=one]:block">
            {shortComparisonWords(filters, formats)}{' '}
            <bdi className="whitespace-nowrap">{figure.write(figure.of(comparison.before), formats)}</bdi>
          </small>
        )}
      </dd>
    </div>
  )
}

/** Keeps the place of a change, so that figures and what they are compared with stand in one line across the cells. */
function NoChange() {
  return (
    <span className="delta even" aria-hidden="true">
      <Icon of={Minus} size={14} />
      &nbsp;
    </span>
  )
}
