import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { Failure, Result } from '#domain/failure.ts'
import { answered } from '../../app/deed.ts'
import { device } from '../../app/device.ts'
import { useNow } from '../../app/till/use-now.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { ErrorState, LoadingState } from '../../ui/state-views.tsx'
import type { EnrolmentCode, RegisterDevice } from '../../worker/api-office.ts'
import { countdownText } from './countdown.ts'

const codeLifeMs = 10 * 60_000

/** A code that nobody has seen opens nothing. */
const NOT_MADE: Failure = {
  code: 'enrolment/code-not-made',
  sentence: 'The code could not be made.',
  mend: 'Nothing was changed. Try again.',
  dataSafe: true,
}

type Shown = EnrolmentCode & { readonly arrivedAt: number }

/** A code for one device of a register, until the device is heard or the code is too old. */
export function AddDeviceDialog({
  register,
  current,
  isRegisterHere,
  onClose,
}: {
  /** As it was when the dialog opened. */
  register: RegisterDevice
  /** As it is now. */
  current: RegisterDevice
  isRegisterHere: boolean
  onClose: () => void
}) {
  const navigate = useNavigate()
  const [openedAt] = useState(() => Date.now())
  const nowMs = useNow(1000)
  const making = useQuery<Result<Shown>>({
    queryKey: ['enrolment-code', register.registerId, openedAt],
    queryFn: async () => {
      const made = await answered(() => device.createEnrolmentCode(register.registerId), NOT_MADE)
      // Counted from its arrival: the clocks of two machines may differ.
      return made.ok ? { ok: true, value: { ...made.value, arrivedAt: Date.now() } } : made
    },
    gcTime: 0,
  })
  const hasNewDevice = current.install !== null && current.install.installId !== register.install?.installId
  if (hasNewDevice) return <Enrolled register={register} onClose={onClose} />
  const made = making.isFetching ? undefined : making.data
  const ageMs = made?.ok ? Math.max(0, nowMs - made.value.arrivedAt) : 0
  const leftMs = codeLifeMs - ageMs
  return (
    <Dialog
      open
      onClose={onClose}
      width="large"
      title={`Add a device: ${register.storeName}, ${register.name}`}
      actions={
        <>
          {made?.ok && leftMs > 0 && !isRegisterHere && (
            <Key className="me-auto" onPress={() => void navigate({ to: '/enrol', hash: made.value.code })}>
              Use this browser
            </Key>
          )}
          <Key variant="flat" onPress={onClose}>
            Close
          </Key>
        </>
      }
    >
      {made === undefined && <LoadingState />}
      {made?.ok === false && (
        <ErrorState
          title={made.failure.sentence}
          text={made.failure.mend}
          onRetry={() => void making.refetch()}
        />
      )}
      {made?.ok && (
        <CodeCard
          code={made.value}
          leftMs={leftMs}
          replaces={register.install !== null}
          onRenew={() => void making.refetch()}
        />
      )}
    </Dialog>
  )
}

function CodeCard({
  code,
  leftMs,
  replaces,
  onRenew,
}: {
  code: Shown
  leftMs: number
  replaces: boolean
  onRenew: () => void
}) {
  if (leftMs <= 0) {
    return (
      <div className="grid justify-items-start gap-3 py-4">
        <p>This code is older than 10 minutes and no longer works.</p>
        <Key variant="main" onPress={onRenew}>
          Make a new code
        </Key>
      </div>
    )
  }
  const address = new URL(code.url)
  return (
    <div className="grid items-center gap-x-8 gap-y-5 pt-2 tablet:grid-cols-[auto_minmax(0,1fr)]">
      <QrCode
        text={code.url}
        label="Square for the camera of the new device"
        size={232}
        className="rounded-key border border-rule max-tablet:mx-auto max-tablet:size-52"
      />
      <div className="grid gap-4">
        <p className="text-ink-2">
          Point the camera app of the new device at the square. Or open{' '}
          <b className="font-label wrap-anywhere text-ink">{address.host}</b> there and enter:
        </p>
        <p className="figure text-3xl tracking-[0.04em]" aria-label={[...code.code].join(' ')}>
          {code.code.slice(0, 4)} {code.code.slice(4)}
        </p>
        <p className="text-sm text-ink-2">
          Works once, for another{' '}
          <bdi role="timer" className="figure text-ink">
            {countdownText(leftMs)}
          </bdi>
          . This window tells when the device is there.
        </p>
        {replaces && (
          <p className="text-sm text-ink-2">
            The device of before can go on selling until it is forgotten in its own settings. Nothing it sold
            is lost.
          </p>
        )}
      </div>
    </div>
  )
}

function Enrolled({ register, onClose }: { register: RegisterDevice; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={
        <span role="status" className="flex gap-3">
          <Icon of={CircleCheck} size={24} className="text-accent" />
          {register.name} has its device
        </span>
      }
      actions={
        <Key variant="main" onPress={onClose}>
          Done
        </Key>
      }
    >
      <p className="text-ink-2">
        It gets its products now. At {register.storeName}, people sign in on it with their PIN.
      </p>
    </Dialog>
  )
}
