import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { device } from '../../app/device.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatDate, formatNumber, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'

type Install = NonNullable<RegisterDevice['install']>

/** *Online.* A tablet is lost, stolen or broken: what it held, what taking it out of use does, and what comes next. */
export function LostDeviceDialog({
  register,
  install,
  isThisDevice,
  onDone,
  onReplace,
  onClose,
}: {
  register: RegisterDevice
  install: Install
  isThisDevice: boolean
  onDone: () => void
  onReplace: () => void
  onClose: () => void
}) {
  const { isBusy, failure, run } = useDeed()
  const [isDone, setDone] = useState(false)
  const revoke = async () => {
    const revoked = await run(() => device.revokeDevice(install.installId))
    if (!revoked.ok) return
    setDone(true)
    onDone()
  }
  if (isDone) {
    return (
      <Dialog
        open
        onClose={onClose}
        title="Taken out of use"
        actions={
          <>
            <Key variant="flat" onPress={onClose}>
              Close
            </Key>
            <Key variant="main" onPress={onReplace}>
              Add a new device
            </Key>
          </>
        }
      >
        <div className="grid gap-3 pt-1">
          <Point icon={<Icon of={ShieldCheck} className="text-accent" />}>
            The old device reads nothing more, and sells nothing more once it is online.
          </Point>
          <p className="text-ink-2">
            If it turns up, connect it to the network once and open Evertill on it: what it had not sent
            arrives by itself and is marked for you to look at.
          </p>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Take the device of ${register.name} out of use?`}
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key
            variant="danger"
            busy={isBusy}
            icon={<Icon of={ShieldOff} />}
            offReason={isThisDevice ? 'This is the device in front of you.' : null}
            onPress={() => void revoke()}
          >
            Take out of use
          </Key>
        </>
      }
    >
      <div className="grid gap-3 pt-1">
        <Held install={install} />
        <ul className="grid list-disc gap-1 ps-5 text-sm text-ink-2">
          <li>For a tablet that is lost, stolen, broken or given away.</li>
          <li>
            It gets no more data. PINs, prices and customers on it stay locked behind the PIN until it is
            online.
          </li>
          <li>Sales that it has not sent yet are still taken in if it ever comes back.</li>
          <li>This can’t be taken back; the same tablet can be added again as new.</li>
        </ul>
        {isThisDevice && (
          <p className="text-sm">This is the device in front of you: forget it in its settings instead.</p>
        )}
        <DeedNote failure={failure} />
      </div>
    </Dialog>
  )
}

function Held({ install }: { install: Install }) {
  const { locale } = useLocale()
  const { heardAt, lastSeq, unsentCount } = install
  const heard =
    heardAt === null ? 'never' : `${formatDate(heardAt, locale, 'day')}, ${formatTime(heardAt, locale)}`
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 rounded-key border border-rule p-3 text-sm">
      <dt className="text-ink-2">Heard last</dt>
      <dd className="text-end">
        <bdi>{heard}</bdi>
      </dd>
      <dt className="text-ink-2">Entries that have arrived</dt>
      <dd className="text-end">{formatNumber(lastSeq, locale)}</dd>
      <dt className="text-ink-2">On that device only, when heard last</dt>
      <dd className={unsentCount > 0 ? 'text-end font-label text-attention' : 'text-end'}>
        {formatNumber(unsentCount, locale)}
      </dd>
    </dl>
  )
}

function Point({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-3">
      <span className="pt-0.5">{icon}</span>
      {children}
    </p>
  )
}
