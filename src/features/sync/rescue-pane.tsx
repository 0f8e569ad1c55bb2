import { FileDown, QrCode as QrCodeIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { device } from '../../app/device.ts'
import type { Failure } from '#domain/failure.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { JournalExport, SyncFacts } from '../../worker/api-device.ts'
import { CodeShow } from './code-show.tsx'
import { saveFile } from './save-file.ts'
import { TakeIn } from './take-in.tsx'

type Wanted = 'file' | 'codes'

const NO_COPY: Failure = {
  code: 'journal/not-copied',
  sentence: 'The copy could not be made.',
  mend: 'What it was to hold is still here. Try again.',
  dataSafe: true,
}

/** [C6] Ways for a journal to leave a device that has no network, and to come in at another that has. */
export function RescuePane({ facts, nowMs }: { facts: SyncFacts; nowMs: number }) {
  const pane = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The settings lead here; the pane came after the page did.
    if (location.hash === '#copy') pane.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <Pane title="Save a copy">
      <div ref={pane} className="grid gap-3">
        <SaveCopy facts={facts} />
        <section className="grid gap-3 border-t border-rule pt-4" aria-labelledby="take-in-title">
          <h3 id="take-in-title">Take in a copy of another device</h3>
          <TakeIn nowMs={nowMs} />
        </section>
      </div>
    </Pane>
  )
}

function SaveCopy({ facts }: { facts: SyncFacts }) {
  const { locale } = useLocale()
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const { isBusy, failure, run } = useDeed()
  const [saved, setSaved] = useState<JournalExport | null>(null)
  const [shown, setShown] = useState<JournalExport | null>(null)
  const make = async (as: Wanted) => {
    setWanted(as)
    setSaved(null)
    const made = await run(() => device.exportJournal(), NO_COPY)
    if (!made.ok) return
    if (as === 'codes') return setShown(made.value)
    saveFile(made.value.fileName, made.value.text)
    setSaved(made.value)
  }
  const noFile = facts.journalSeq === 0 ? 'Nothing was recorded here yet.' : null
  const noCodes = noFile ?? (facts.unsentCount === 0 ? 'Codes show what is only here: nothing is.' : null)
  return (
    <>
      <p className="text-ink-2">
        If this device can’t connect for days, or is about to break: take what it recorded off it, as a file
        or as codes on its screen. Any device of the business hands the copy over. Taking it in twice changes
        nothing.
      </p>
      <div className="flex flex-wrap gap-2">
        <Key
          busy={isBusy && wanted === 'file'}
          icon={<Icon of={FileDown} />}
          offReason={noFile}
          onPress={() => void make('file')}
        >
          Save as a file
        </Key>
        <Key
          busy={isBusy && wanted === 'codes'}
          icon={<Icon of={QrCodeIcon} />}
          offReason={noCodes}
          onPress={() => void make('codes')}
        >
          Show as codes
        </Key>
      </div>
      {noCodes && <p className="text-sm text-ink-2">{noCodes}</p>}
      {saved && (
        <p role="status" className="text-sm wrap-anywhere">
          {saved.fileName} has {formatNumber(saved.operations, locale)}{' '}
          {saved.operations === 1 ? 'entry' : 'entries'}. It is in the downloads of this device: put it on a
          stick or send it to another.
        </p>
      )}
      <DeedNote failure={failure} />
      {shown && <CodeShow frames={shown.frames} onClose={() => setShown(null)} />}
    </>
  )
}
