import { Calendar as CalendarIcon, ChevronDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { AnchoredPopover } from './anchored-popover.tsx'
import { Calendar } from './calendar.tsx'
import { utcOf } from './calendar-days.ts'
import type { IsoDate } from './calendar-days.ts'
import { formatDate } from './format.ts'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import { useLocale } from './locale.tsx'

export interface DateSpan {
  from: IsoDate
  to: IsoDate
}

export interface DateRangeProps {
  /** Both days are included. */
  value: DateSpan
  onChange: (span: DateSpan) => void
  presets?: readonly (DateSpan & { label: string })[]
  today: IsoDate
  min?: IsoDate
  max?: IsoDate
  label: string
  size?: 'small' | 'touch'
}

/** A key that opens presets and a calendar: the first press sets one end, the second the other. */
export function DateRange({
  value,
  onChange,
  presets = [],
  today,
  min,
  max,
  label,
  size = 'small',
}: DateRangeProps) {
  const { locale } = useLocale()
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const preset = presets.find(({ from, to }) => from === value.from && to === value.to)
  const written =
    preset?.label ??
    (value.from === value.to
      ? formatDate(utcOf(value.from), locale, 'day', 'UTC')
      : `${formatDate(utcOf(value.from), locale, 'short', 'UTC')} – ${formatDate(utcOf(value.to), locale, 'short', 'UTC')}`)
  const close = () => {
    setOpen(false)
    anchor.current?.focus()
  }
  const choose = (span: DateSpan) => {
    onChange(span)
    close()
  }
  return (
    <>
      <Key
        ref={anchor}
        size={size}
        label={`${label}: ${written}`}
        icon={<Icon of={CalendarIcon} size={16} />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        {written}
        <Icon of={ChevronDown} size={16} />
      </Key>
      {isOpen && (
        <AnchoredPopover
          anchor={anchor}
          className="p-3"
          role="dialog"
          aria-label={label}
          onPressElsewhere={() => setOpen(false)}
        >
          <RangeChooser {...{ value, presets, today, min, max }} onChoose={choose} onClose={close} />
        </AnchoredPopover>
      )}
    </>
  )
}

function RangeChooser({
  value,
  presets,
  today,
  min,
  max,
  onChoose,
  onClose,
}: {
  value: DateSpan
  presets: readonly (DateSpan & { label: string })[]
  today: IsoDate
  min: IsoDate | undefined
  max: IsoDate | undefined
  onChoose: (span: DateSpan) => void
  onClose: () => void
}) {
  const [start, setStart] = useState<IsoDate | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const pick = (date: IsoDate) => {
    if (start === null) setStart(date)
    else onChoose(start <= date ? { from: start, to: date } : { from: date, to: start })
  }

  useEffect(() => {
    box.current?.querySelector<HTMLElement>('button[tabindex="0"], button')?.focus()
  }, [])

  return (
    <div
      ref={box}
      className="flex flex-col gap-3 tablet:flex-row"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      {presets.length > 0 && (
        <div className="grid auto-rows-min grid-cols-2 gap-1 tablet:w-40 tablet:grid-cols-1">
          {presets.map((preset) => {
            const isChosen = preset.from === value.from && preset.to === value.to
            return (
              <Key
                key={preset.label}
                size="small"
                variant="flat"
                pressed={isChosen}
                className="justify-start"
                onPress={() => onChoose({ from: preset.from, to: preset.to })}
              >
                {preset.label}
              </Key>
            )
          })}
        </div>
      )}
      <Calendar
        from={start ?? value.from}
        to={start ?? value.to}
        today={today}
        min={min}
        max={max}
        onPick={pick}
      />
    </div>
  )
}
