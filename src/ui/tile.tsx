import type { CSSProperties, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tint = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const LONG_TITLE = 26

export interface TileProps {
  title: string
  tint: Tint
  /** Foot at the start, such as the price. */
  start?: ReactNode
  /** Foot at the end, such as "3 left". */
  end?: ReactNode
  /** In the corner; being set draws the chosen outline. */
  corner?: ReactNode
  /** Outline and struck foot; still pressable, to see why. */
  out?: boolean
  /** The spoken name, when the visible texts are not enough. */
  label?: string
  onPress: () => void
  className?: string
}

export function Tile({ title, tint, start, end, corner, out = false, label, onPress, className }: TileProps) {
  const isChosen = corner !== undefined && corner !== null
  return (
    <button
      type="button"
      className={classNames(
        'tile',
        title.length > LONG_TITLE && 'long',
        isChosen && 'chosen',
        out && 'out',
        className,
      )}
      style={{ '--tint': `var(--cat-${tint})`, '--tint-foot': `var(--cat-${tint}-foot)` } as CSSProperties}
      aria-label={label}
      onClick={onPress}
    >
      <span className="tile-title">{title}</span>
      {isChosen && <span className="tile-corner figure">{corner}</span>}
      <span className="tile-foot">
        {start !== undefined && <span className="tile-start">{start}</span>}
        {end !== undefined && <span>{end}</span>}
      </span>
    </button>
  )
}
