import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Hatch } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { SyncStatus } from '../../worker/api.ts'

/** Refused with the reason beside it while anything is only here ([C6]); asked about only when it can be done. */
export function ForgetDevice({ kind, status }: { kind: 'register' | 'office'; status: SyncStatus }) {
  const { locale } = useLocale()
  const [isAsking, setAsking] = useState(false)
  const isRegister = kind === 'register'
  const { unsentCount } = status
  const offReason =
    unsentCount === 0
      ? null
      : `${formatNumber(unsentCount, locale)} only here. Connect this device and wait until all are sent.`
  return (
    <Pane title="Forget this device">
      <div className="grid justify-items-start gap-3">
        <p className="text-ink-2">
          {isRegister
            ? 'Clears products and sales from this browser, so that it can be set up anew. What was sold stays with the business.'
            : 'Clears the figures from this browser. The business keeps everything.'}
        </p>
        <Key
          variant="danger"
          icon={<Icon of={Trash2} />}
          offReason={offReason}
          onPress={() => setAsking(true)}
        >
          Forget this device
        </Key>
        {offReason && (
          <p className="flex gap-2 text-sm">
            <span className="pt-px">
              <Hatch />
            </span>
            {offReason}
          </p>
        )}
      </div>
      {isAsking && <Confirmation isRegister={isRegister} onClose={() => setAsking(false)} />}
    </Pane>
  )
}

function Confirmation({ isRegister, onClose }: { isRegister: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const forget = async () => {
    setBusy(true)
    const forgotten = await device.forget()
    setBusy(false)
    if (forgotten.ok) await navigate({ to: '/welcome', replace: true })
    else setFailure(forgotten.failure)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={isRegister ? 'Forget this register here?' : 'Forget this office device?'}
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key variant="danger" busy={isBusy} icon={<Icon of={Trash2} />} onPress={() => void forget()}>
            Forget
          </Key>
        </>
      }
    >
      <p className="text-ink-2">
        {isRegister
          ? 'This can’t be taken back. To sell here again, it needs a new code and the network. Parked orders on it are lost.'
          : 'To see the dashboards here again, sign in.'}
      </p>
      {failure && <FieldNote id="forget-failure" error={`${failure.sentence} ${failure.mend}`} />}
    </Dialog>
  )
}
