import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import { classNames } from './class-names.ts'
import { formatPercent } from './format.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'

export interface DeltaProps {
  /** Change as a ratio: 0.05 is 5 % up. With `text` only its sign is used. */
  ratio: number
  /** Replaces the percentage, such as "0.7 pt". */
  text?: string
  goodWhen?: 'up' | 'down'
}

/** The arrow tells the direction, the colour whether that is good. */
export function Delta({ ratio, text, goodWhen = 'up' }: DeltaProps) {
  const { locale, wording } = useLocale()
  const shown = text ?? formatPercent(Math.abs(ratio), locale)
  const isEven = ratio === 0
  const isUp = ratio > 0
  const tone = isEven ? 'even' : isUp === (goodWhen === 'up') ? 'good' : 'bad'
  return (
    <span className={classNames('delta figure', tone)}>
      <Icon of={isEven ? Equal : isUp ? ArrowUp : ArrowDown} size={14} />
      {!isEven && <span className="sr-only">{isUp ? wording.up : wording.down}</span>}
      {shown}
    </span>
  )
}
