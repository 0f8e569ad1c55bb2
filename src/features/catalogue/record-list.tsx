import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'

export type RecordRow = {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly start?: ReactNode
  /** Keys beside the row. */
  readonly keys?: ReactNode
}

/** Rows that open. */
export function RecordList({
  label,
  rows,
  onOpen,
}: {
  label: string
  rows: readonly RecordRow[]
  onOpen: (id: string) => void
}) {
  return (
    <ul
      aria-label={label}
      className="max-w-[48rem] overflow-hidden rounded-pane border border-rule bg-surface"
    >
      {rows.map(({ id, name, note, start, keys }) => (
        <li key={id} className="flex items-center border-t border-rule first:border-t-0">
          <button
            type="button"
            className="flex min-h-16 min-w-0 flex-1 items-center gap-3 px-4 py-2.5 -outline-offset-3 hover:bg-fill"
            onClick={() => onOpen(id)}
          >
            {start}
            <span className="grid min-w-0 flex-1">
              <b className="font-label break-words">{name}</b>
              <small className="text-sm text-ink-2">{note}</small>
            </span>
            {keys === undefined && <Icon of={ChevronRight} className="mirrored text-ink-3" />}
          </button>
          {keys}
        </li>
      ))}
    </ul>
  )
}

export function byName(locale: string) {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return (one: { readonly name: string }, other: { readonly name: string }) => compare(one.name, other.name)
}

/** `1 product`, `12 products`. */
export function countOf(count: number, noun: string, locale: string): string {
  const number = new Intl.NumberFormat(locale).format(count)
  return `${number} ${noun}${count === 1 ? '' : 's'}`
}
