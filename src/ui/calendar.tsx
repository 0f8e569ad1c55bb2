import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { addDays, addMonths, firstWeekdayOf, monthWeeks, utcOf } from './calendar-days.ts'
import type { IsoDate } from './calendar-days.ts'
import { classNames } from './class-names.ts'
import { formatDate } from './format.ts'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import { useLocale } from './locale.tsx'

export interface CalendarProps {
  from: IsoDate
  to: IsoDate
  today: IsoDate
  min?: IsoDate | undefined
  max?: IsoDate | undefined
  onPick: (date: IsoDate) => void
}

/** One month; arrow keys move the day, Page Up and Down the month. */
export function Calendar({ from, to, today, min, max, onPick }: CalendarProps) {
  const { locale, wording } = useLocale()
  const [focused, setFocused] = useState(to)
  const grid = useRef<HTMLTableElement>(null)
  const hasMoved = useRef(false)
  const weeks = monthWeeks(focused, firstWeekdayOf(locale))
  const isAllowed = (date: IsoDate) =>
    (min === undefined || date >= min) && (max === undefined || date <= max)

  useEffect(() => {
    if (hasMoved.current) grid.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus()
    hasMoved.current = false
  }, [focused])

  const pressKey = (event: KeyboardEvent) => {
    const next = dateAfterKey(focused, event.key)
    if (next === null) return
    event.preventDefault()
    hasMoved.current = true
    setFocused(next)
  }

  return (
    <div className="calendar">
      <div className="flex items-center justify-between">
        <Key
          variant="flat"
          square
          label={wording.previousMonth}
          icon={<Icon of={ChevronLeft} className="mirrored" />}
          onPress={() => setFocused(addMonths(focused, -1))}
        />
        <span className="font-label" aria-live="polite">
          {formatDate(utcOf(focused), locale, 'month', 'UTC')}
        </span>
        <Key
          variant="flat"
          square
          label={wording.nextMonth}
          icon={<Icon of={ChevronRight} className="mirrored" />}
          onPress={() => setFocused(addMonths(focused, 1))}
        />
      </div>
      <table
        ref={grid}
        role="grid"
        aria-label={formatDate(utcOf(focused), locale, 'month', 'UTC')}
        onKeyDown={pressKey}
      >
        <thead>
          <tr>
            {weeks[0]?.map((date) => (
              <th key={date} scope="col">
                {formatDate(utcOf(date), locale, 'weekday', 'UTC')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((date) => {
                if (date.slice(0, 7) !== focused.slice(0, 7)) return <td key={date} />
                const isEdge = date === from || date === to
                return (
                  <td
                    key={date}
                    aria-selected={date >= from && date <= to}
                    className={
                      classNames(
                        date >= from && date <= to && from !== to && 'within',
                        date === from && 'first',
                        date === to && 'last',
                      ) || undefined
                    }
                  >
                    <button
                      type="button"
                      data-date={date}
                      tabIndex={date === focused ? 0 : -1}
                      aria-label={formatDate(utcOf(date), locale, 'long', 'UTC')}
                      aria-current={date === today ? 'date' : undefined}
                      aria-disabled={!isAllowed(date) || undefined}
                      className={classNames(isEdge && 'edge', date === today && 'today') || undefined}
                      onClick={() => {
                        if (!isAllowed(date)) return
                        setFocused(date)
                        onPick(date)
                      }}
                    >
                      {Number(date.slice(8))}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function dateAfterKey(date: IsoDate, key: string): IsoDate | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, document.dir === 'rtl' ? 1 : -1)
    case 'ArrowRight':
      return addDays(date, document.dir === 'rtl' ? -1 : 1)
    case 'ArrowUp':
      return addDays(date, -7)
    case 'ArrowDown':
      return addDays(date, 7)
    case 'PageUp':
      return addMonths(date, -1)
    case 'PageDown':
      return addMonths(date, 1)
    default:
      return null
  }
}
