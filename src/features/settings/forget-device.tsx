import { Link, useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { device } from '../../app/device.ts'
import { useNeededQuery } from '../../app/read-boundary.tsx'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Hatch } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { CarriedJournal, SyncFacts } from '../../worker/api-device.ts'
import { forgetOffReason } from './forget-words.ts'

/** Refused with the reason beside it while anything is nowhere else ([C6]); asked about only when it can be done. */
export function ForgetDevice({ kind }: { kind: 'register' | 'office' }) {
  const { data: facts } = useNeededQuery<SyncFacts>('status', ['facts'], () => device.syncFacts())
  const { data: carried } = useNeededQuery<readonly CarriedJournal[]>('carried', [], () =>
    device.carriedJournals(),
  )
  return facts && carried && <Forget kind={kind} facts={facts} carried={carried} />
}

function Forget({
  kind,
  facts,
  carried,
}: {
  kind: 'register' | 'office'
  facts: SyncFacts
  carried: readonly CarriedJournal[]
}) {
  const { locale } = useLocale()
  const [isAsking, setAsking] = useState(false)
  const isRegister = kind === 'register'
  const offReason = forgetOffReason(facts, carried, locale)
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
        {offReason && facts.unsentCount > 0 && (
          <Link to="/sync" hash="copy" className={keyClass('rest')}>
            Save a copy
          </Link>
        )}
      </div>
      {isAsking && (
        <Confirmation
          isRegister={isRegister}
          unsentCount={facts.unsentCount}
          onClose={() => setAsking(false)}
        />
      )}
    </Pane>
  )
}

function Confirmation({
  isRegister,
  unsentCount,
  onClose,
}: {
  isRegister: boolean
  /** These lie in a saved copy. */
  unsentCount: number
  onClose: () => void
}) {
  const { locale } = useLocale()
  const navigate = useNavigate()
  const { isBusy, failure, run } = useDeed()
  const forget = async () => {
    const forgotten = await run(() => device.forget())
    if (forgotten.ok) await navigate({ to: '/welcome', replace: true })
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
      {unsentCount > 0 && (
        <p className="mt-3 flex gap-2">
          <span className="pt-0.5">
            <Hatch />
          </span>
          {`${formatNumber(unsentCount, locale)} only here and in the copy that was saved. Keep that file, and take it in on another device.`}
        </p>
      )}
      <DeedNote failure={failure} />
    </Dialog>
  )
}
