import { useId } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { formatPercent } from './format.ts'
import { useLocale } from './locale.tsx'

export interface ProgressBarProps {
  label: string
  /** 0 to 1; null when the end is not known. */
  value: number | null
  /** In place of the percentage. */
  note?: ReactNode
  /** What is done is only here so far. */
  hatch?: boolean
  hideLabel?: boolean
}

export function ProgressBar({ label, value, note, hatch = false, hideLabel = false }: ProgressBarProps) {
  const { locale } = useLocale()
  const labelId = useId()
  const ratio = value === null ? null : Math.max(0, Math.min(1, value))
  return (
    <div>
      <div className={hideLabel ? 'sr-only' : 'progress-head'}>
        <span id={labelId}>{label}</span>
        <span className="figure light">
          {note ?? (ratio === null ? '' : formatPercent(ratio, locale, { decimals: 0 }))}
        </span>
      </div>
      <div
        className="progress-track"
        role="progressbar"
        aria-labelledby={labelId}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={ratio === null ? undefined : Math.round(ratio * 100)}
      >
        <div
          className={classNames('progress-fill', (hatch || ratio === null) && 'hatched')}
          style={{ width: ratio === null ? '100%' : `${ratio * 100}%` }}
        />
      </div>
    </div>
  )
}
