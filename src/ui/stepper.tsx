import { Minus, Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { formatNumber } from './format.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'

const HOLD_MS = 400
const REPEAT_MS = 90

export interface StepperProps {
  label: string
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
  step?: number
  format?: (value: number) => string
  /** Makes the number a button, such as to open the keypad. */
  onNumberPress?: () => void
  className?: string
}

/** Less, number, more. Holding a key repeats it. */
export function Stepper({
  label,
  value,
  onChange,
  min = 0,
  max = Number.MAX_SAFE_INTEGER,
  step = 1,
  format,
  onNumberPress,
  className,
}: StepperProps) {
  const { locale, wording } = useLocale()
  const shown = format ? format(value) : formatNumber(value, locale)
  const change = (by: number) => onChange(Math.max(min, Math.min(max, value + by)))
  return (
    <div className={classNames('stepper', className)} role="group" aria-label={label}>
      <StepKey
        label={wording.less}
        off={value <= min}
        onStep={() => change(-step)}
        icon={<Icon of={Minus} />}
      />
      {onNumberPress ? (
        <button type="button" className="stepper-value figure" onClick={onNumberPress}>
          {shown}
        </button>
      ) : (
        <output className="stepper-value figure">{shown}</output>
      )}
      <StepKey
        label={wording.more}
        off={value >= max}
        onStep={() => change(step)}
        icon={<Icon of={Plus} />}
      />
    </div>
  )
}

function StepKey({
  label,
  off,
  icon,
  onStep,
}: {
  label: string
  off: boolean
  icon: ReactNode
  onStep: () => void
}) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef({ onStep, off })
  const hasRepeated = useRef(false)

  useEffect(() => {
    latest.current = { onStep, off }
  })
  useEffect(() => () => clearTimeout(timer.current), [])

  const repeat = () => {
    if (latest.current.off) return
    hasRepeated.current = true
    latest.current.onStep()
    timer.current = setTimeout(repeat, REPEAT_MS)
  }
  const hold = () => {
    hasRepeated.current = false
    clearTimeout(timer.current)
    timer.current = setTimeout(repeat, HOLD_MS)
  }
  const release = () => clearTimeout(timer.current)

  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off || undefined}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onClick={() => {
        if (!off && !hasRepeated.current) onStep()
        hasRepeated.current = false
      }}
    >
      {icon}
    </button>
  )
}
