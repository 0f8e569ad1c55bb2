import { Camera } from 'lucide-react'
import { useState } from 'react'
import type { Failure, Result } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { useDeed } from '../../app/use-deed.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import type { CarriedJournal } from '../../worker/api-device.ts'
import { CarriedList } from './carried-list.tsx'
import { CodeScan } from './code-scan.tsx'

/** Another device's journal comes in here, from its file or off its screen. */
export function TakeIn({ nowMs }: { nowMs: number }) {
  const { locale } = useLocale()
  const { isBusy, run } = useDeed()
  const [isScanning, setScanning] = useState(false)
  const [taken, setTaken] = useState<CarriedJournal | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const settle = (imported: Result<CarriedJournal>) => {
    setTaken(imported.ok ? imported.value : null)
    setFailure(imported.ok ? null : imported.failure)
  }
  const takeFile = async (file: File) => {
    settle(await run(async () => device.importJournal(await file.text())))
  }
  return (
    <>
      <FileDrop
        label="Choose its file or drop it here"
        hint="evertill-journal-….json"
        accept=".json,application/json"
        busy={isBusy}
        error={failure && `${failure.sentence} ${failure.mend}`}
        onFiles={([file]) => file && void takeFile(file)}
      />
      <Key className="justify-self-start" icon={<Icon of={Camera} />} onPress={() => setScanning(true)}>
        Scan codes
      </Key>
      {taken && (
        <p role="status" className="text-sm">
          {formatNumber(taken.operations, locale)} {taken.operations === 1 ? 'entry' : 'entries'} of{' '}
          {taken.registerName || 'another device'} taken in. They are handed over as soon as this device is
          connected.
        </p>
      )}
      <CarriedList nowMs={nowMs} />
      {isScanning && (
        <CodeScan
          onTaken={(imported) => {
            setScanning(false)
            settle(imported)
          }}
          onClose={() => setScanning(false)}
        />
      )}
    </>
  )
}
