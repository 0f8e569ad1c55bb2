import { TriangleAlert, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { formatAge, formatNumber } from './format.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'

const WORTH_A_LOOK_MS = 24 * 60 * 60 * 1000

export interface StatusKeyProps {
  unsentCount: number
  /** Age of the oldest thing that is only here; null when everything is sent. */
  oldestAgeMs: number | null
  online: boolean
  storageShort?: boolean
  /** Count and marks only, for phones. */
  compact?: boolean
  onPress: () => void
  className?: string
}

/** How much is only on this device and for how long. This is the offline banner, too. */
export function StatusKey(props: StatusKeyProps) {
  const {
    unsentCount,
    oldestAgeMs,
    online,
    storageShort = false,
    compact = false,
    onPress,
    className,
  } = props
  const { locale, wording } = useLocale()
  const isOld = unsentCount > 0 && (oldestAgeMs ?? 0) >= WORTH_A_LOOK_MS
  const age =
    unsentCount > 0 && oldestAgeMs !== null ? formatAge(oldestAgeMs, { locale, words: wording }) : ''
  const count = formatNumber(unsentCount, locale)
  const words = storageShort
    ? wording.storageShort
    : unsentCount === 0
      ? wording.allSent
      : wording.onlyHere(count)

  return (
    <button
      type="button"
      className={classNames('key status-key', (isOld || storageShort) && 'attention', className)}
      onClick={onPress}
    >
      {storageShort ? (
        <Icon of={TriangleAlert} size={18} />
      ) : (
        <Marks online={online} unsent={unsentCount > 0} />
      )}
      {compact ? (
        <CompactWords count={unsentCount > 0 ? count : ''} words={age === '' ? words : `${words}, ${age}`} />
      ) : (
        <Words words={words} age={storageShort ? '' : age} joined={isOld} />
      )}
      {!online && <span className="sr-only">{wording.offline}</span>}
    </button>
  )
}

function CompactWords({ count, words }: { count: string; words: string }) {
  return (
    <>
      {count !== '' && (
        <span className="figure" aria-hidden="true">
          {count}
        </span>
      )}
      <span className="sr-only">{words}</span>
    </>
  )
}

function Marks({ online, unsent }: { online: boolean; unsent: boolean }) {
  return (
    <>
      {!online && <Icon of={WifiOff} size={18} />}
      <i className={unsent ? 'hatch' : 'solid'} aria-hidden="true" />
    </>
  )
}

function Words({ words, age, joined }: { words: string; age: string; joined: boolean }): ReactNode {
  if (age === '') return <span>{words}</span>
  if (joined) return <span>{`${words} · ${age}`}</span>
  return (
    <>
      <span>{words}</span>
      <span className="age figure">{age}</span>
    </>
  )
}
