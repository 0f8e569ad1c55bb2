import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { keepStorage } from '../../app/persistence.ts'
import { UnreadState } from '../../app/unread-state.tsx'
import { useDeed } from '../../app/use-deed.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { DeviceState, SyncStatus } from '../../worker/api-device.ts'
import { AlreadyRegister } from './already-register.tsx'
import { becomeRegister } from './become-register.ts'
import { CodeEntry } from './code-entry.tsx'
import { FirstLoad } from './first-load.tsx'
import { codeLength, groupedCode, readCode } from './enrolment-code.ts'
import { FailureNote } from './failure-note.tsx'
import { notStarted, WayInFrame } from './way-in-frame.tsx'

/** Where the square of a new register leads: `/enrol#CODE`. The code stays behind the #, so no server logs it. */
export function EnrolScreen() {
  const code = readCode(useLocation({ select: ({ hash }) => hash }))
  const read = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  const [hasEnrolled, setEnrolled] = useState(false)
  // A server that was put back to an earlier day does not know the device: with a new code everything on it is handed over.
  const isUnknown = status?.trouble?.code === 'push/unknown-install'
  const state = read.data
  if (state === undefined)
    return (
      <WayInFrame title="Setting up this device">
        {read.isLoadingError ? <UnreadState of={[read]} {...notStarted} /> : <LoadingState />}
      </WayInFrame>
    )
  if (state.kind !== 'new' && hasEnrolled) return <FirstLoad state={state} />
  if (state.kind === 'register' && !isUnknown) return <AlreadyRegister state={state} />
  if (code.length < codeLength) return <NoCode />
  // A new code is a new start: what was said about the last one goes with it.
  return <Confirm key={code} code={code} kind={state.kind} onEnrolled={() => setEnrolled(true)} />
}

function Confirm({
  code,
  kind,
  onEnrolled,
}: {
  code: string
  kind: DeviceState['kind']
  onEnrolled: () => void
}) {
  const navigate = useNavigate()
  const { isBusy, failure, run } = useDeed()
  const enrol = async () => {
    const enrolled = await run(() => becomeRegister(device, code))
    if (!enrolled.ok) return
    void keepStorage()
    onEnrolled()
  }
  const needsNewCode = failure?.code.startsWith('enrolment/')
  return (
    <WayInFrame title="Set up this device as a register?" text={texts[kind]}>
      <CodeShown code={code} />
      {failure && <FailureNote failure={failure} />}
      {needsNewCode && (
        <section className="pane pane-body">
          <CodeEntry onCode={(next) => void navigate({ to: '/enrol', hash: next, replace: true })} />
        </section>
      )}
      <Actions>
        {!needsNewCode && (
          <Key variant="main" size="key" busy={isBusy} onPress={() => void enrol()}>
            {failure ? 'Try again' : 'Set up this device'}
          </Key>
        )}
        <Link to="/welcome" className={keyClass('flat', 'key')}>
          Cancel
        </Link>
      </Actions>
    </WayInFrame>
  )
}

const texts = {
  new: 'It gets its products and prices once, then sells with or without a network.',
  office: 'This browser opens the dashboards now. It becomes a register, and the dashboards stay.',
  register:
    'The records of the business were put back to a day before this device was set up. It stays the register it is and hands over everything it holds.',
} satisfies Record<DeviceState['kind'], string>

function CodeShown({ code }: { code: string }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 border-y border-rule py-3">
      <span className="text-sm text-ink-2">Code</span>
      <bdi className="figure text-xl tracking-[0.08em]">{groupedCode(code)}</bdi>
    </p>
  )
}

function NoCode() {
  const navigate = useNavigate()
  return (
    <WayInFrame
      title="Enter the code of the register"
      text="It stands where the register was added, under Registers."
    >
      <section className="pane pane-body">
        <CodeEntry onCode={(code) => void navigate({ to: '/enrol', hash: code, replace: true })} />
      </section>
      <Actions>
        <Link to="/welcome" className={keyClass('flat')}>
          Back
        </Link>
      </Actions>
    </WayInFrame>
  )
}

function Actions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>
}
