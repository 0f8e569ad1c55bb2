import { CameraOff } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Failure, Result } from '#domain/failure.ts'
import { answered } from '../../app/deed.ts'
import { DeedNote } from '../../app/use-deed.tsx'
import { device } from '../../app/device.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import type { CarriedJournal } from '../../worker/api-device.ts'
import { collectFrame, type Collected, joinFrames, missingPlaces } from './collect-frames.ts'
import { useCodeCamera } from './use-code-camera.ts'
import { useScreenAwake } from './use-screen-awake.ts'

/** Names the codes that are missing only when they are few enough to be looked for one by one. */
const mostNamed = 6

/** Reads a row of codes off another device's screen, in any sequence, and takes the journal in when it has them all. */
export function CodeScan({
  onTaken,
  onClose,
}: {
  onTaken: (imported: Result<CarriedJournal>) => void
  onClose: () => void
}) {
  const [collected, setCollected] = useState<Collected | null>(null)
  // Two codes may be read before the first is drawn.
  const latest = useRef(collected)
  const [failure, setFailure] = useState<Failure | null>(null)
  useScreenAwake()
  const keep = (next: Collected | null) => {
    latest.current = next
    setCollected(next)
  }
  const take = async (texts: string) => {
    const imported = await answered(() => device.importJournal(texts))
    if (imported.ok) return onTaken(imported)
    setFailure(imported.failure)
    keep(null)
  }
  const { video, state } = useCodeCamera((text) => {
    const next = collectFrame(latest.current, text)
    if (next === null || next === latest.current) return
    keep(next)
    if (missingPlaces(next).length === 0) void take(joinFrames(next))
  })
  const isOpen = state === 'opening' || state === 'looking'
  return (
    <Dialog open onClose={onClose} width="large" title="Scan the codes of the other device">
      <div className="grid gap-4">
        {!isOpen && <NoCamera state={state} />}
        <video
          ref={video}
          muted
          playsInline
          hidden={!isOpen}
          aria-label="What the camera sees"
          className="aspect-[4/3] max-h-[52dvh] w-full rounded-key bg-display object-cover"
        />
        {isOpen && <Progress collected={collected} isOpening={state === 'opening'} />}
        <DeedNote failure={failure} />
      </div>
    </Dialog>
  )
}

function Progress({ collected, isOpening }: { collected: Collected | null; isOpening: boolean }) {
  const { locale } = useLocale()
  const count = (value: number) => formatNumber(value, locale)
  if (collected === null)
    return (
      <p role="status" className="text-ink-2">
        {isOpening
          ? 'The camera opens. Allow it when the browser asks.'
          : 'Point the camera at the code on the other screen, so that it fills the picture.'}
      </p>
    )
  const missing = missingPlaces(collected)
  const isNamed = missing.length > 0 && missing.length <= mostNamed && collected.texts.size > 1
  return (
    <div className="grid gap-2">
      <ProgressBar
        label="Codes read"
        value={collected.texts.size / collected.count}
        note={`${count(collected.texts.size)} of ${count(collected.count)}`}
        hatch
      />
      <p role="status" className="min-h-5 text-sm text-ink-2">
        {missing.length === 0 && 'All there. Checking them …'}
        {isNamed && `Still missing: ${missing.map(count).join(', ')}`}
      </p>
    </div>
  )
}

function NoCamera({ state }: { state: 'blocked' | 'broken' }) {
  return state === 'blocked' ? (
    <EmptyState
      icon={<Icon of={CameraOff} size={24} />}
      title="No camera can be used here"
      text="Allow the camera for this page in the browser’s settings and open this again, or take the file in instead."
    />
  ) : (
    <EmptyState
      icon={<Icon of={CameraOff} size={24} />}
      title="This browser can’t read codes yet"
      text="Connect this device once so that it gets what it needs, or take the file in instead."
    />
  )
}
