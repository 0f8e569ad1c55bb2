import { classNames } from './class-names.ts'
import { useLocale } from './locale.tsx'

export function PinDots({
  length,
  filled,
  error = false,
}: {
  length: number
  filled: number
  error?: boolean
}) {
  const { wording } = useLocale()
  return (
    <div
      className={classNames('pin-dots', error && 'error')}
      role="img"
      aria-label={wording.pinDigits(filled, length)}
    >
      {Array.from({ length }, (_, index) => (
        <i key={index} className={index < filled ? 'filled' : undefined} />
      ))}
    </div>
  )
}
