import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react'
import { useEffect, useReducer } from 'react'
import { useMedia } from '../../app/till/use-media.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { QrCode, qrPath } from '../../ui/qr-code.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { type CodeRow, type CodeRowMove, moveRow, type Pace, paces } from './code-row.ts'
import { useScreenAwake } from './use-screen-awake.ts'

const paceOptions = [
  { value: 'slow', label: 'Slow' },
  { value: 'normal', label: 'Normal' },
  { value: 'fast', label: 'Fast' },
] as const satisfies readonly { value: Pace; label: string }[]

const correction = 'L'
const largestSize = 560

/** As large as fits, with modules of whole pixels: rounded ones are harder to read. */
function sizeOf(frame: string): number {
  const { edge } = qrPath(frame, correction)
  const room = Math.min(largestSize, innerWidth - 80, innerHeight - 340)
  return edge * Math.max(2, Math.floor(room / edge))
}

/** The journal as QR codes, one after the other and round again, for the camera of another device. */
export function CodeShow({ frames, onClose }: { frames: readonly string[]; onClose: () => void }) {
  const { locale } = useLocale()
  const prefersStill = useMedia('(prefers-reduced-motion: reduce)')
  const count = frames.length
  const [row, move] = useReducer((now: CodeRow, by: CodeRowMove) => moveRow(now, count, by), {
    index: 0,
    pace: 'normal',
    isPaused: prefersStill,
  })
  const { index, pace, isPaused } = row
  const isMoving = !isPaused && count > 1
  useScreenAwake()
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(() => move('tick'), paces[pace])
    return () => clearInterval(timer)
  }, [isMoving, pace])
  const place = `Code ${formatNumber(index + 1, locale)} of ${formatNumber(count, locale)}`
  return (
    <Dialog open onClose={onClose} width="large" title="Show these codes to the other device">
      <div className="grid gap-4">
        <p className="text-ink-2">
          On the other device open This device, then Scan codes, and hold its camera in front of this screen
          until it has them all. The row goes round by itself.
        </p>
        <QrCode
          text={frames[index]!}
          label={place}
          size={sizeOf(frames[index]!)}
          correction={correction}
          className="justify-self-center rounded-key border border-rule"
        />
        <ProgressBar label={place} value={(index + 1) / count} note=" " />
        {count > 1 && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="flex gap-2">
              <Key
                square
                label="Code before"
                icon={<Icon of={ChevronLeft} className="mirrored" />}
                onPress={() => move('previous')}
              />
              <Key icon={<Icon of={isPaused ? Play : Pause} />} onPress={() => move('pause')}>
                {isPaused ? 'Go on' : 'Pause'}
              </Key>
              <Key
                square
                label="Next code"
                icon={<Icon of={ChevronRight} className="mirrored" />}
                onPress={() => move('next')}
              />
            </span>
            <SegmentedTabs
              label="Pace"
              value={pace}
              options={paceOptions}
              onChange={(next) => move({ pace: next })}
            />
          </div>
        )}
      </div>
    </Dialog>
  )
}
