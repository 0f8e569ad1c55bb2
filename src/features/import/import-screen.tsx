import { Link } from '@tanstack/react-router'
import { KeyRound, MonitorSmartphone, WifiOff } from 'lucide-react'
import { device } from '../../app/device.ts'
import { OfficeFrame } from '../../app/office-frame.tsx'
import { ReadBoundary, useNeededQuery } from '../../app/read-boundary.tsx'
import { useDeed } from '../../app/use-deed.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import { FailureNote } from './failure-note.tsx'
import { ImportWork } from './import-work.tsx'
import { useAccount } from './use-account.ts'

/** Sales of another system become part of the reports: the owner chooses a file, answers what it leaves open, and sends it. */
export function ImportScreen() {
  return (
    <OfficeFrame title="Import sales">
      <ReadBoundary title="The import could not be opened">
        <Gate />
      </ReadBoundary>
    </OfficeFrame>
  )
}

function Gate() {
  const access = useAccount()
  const { data: state } = useNeededQuery<DeviceState>('device', [], () => device.device())
  if (access?.kind === 'offline')
    return (
      <Pane>
        <EmptyState
          icon={<Icon of={WifiOff} size={24} />}
          title="No network right now"
          text="Importing needs it. This page goes on by itself when it is back; selling goes on meanwhile."
        />
      </Pane>
    )
  if (access?.kind === 'signed-out')
    return (
      <Pane>
        <EmptyState
          icon={<Icon of={KeyRound} size={24} />}
          title="Importing is for the owner"
          text="It adds orders to the reports of the whole business, so it asks who you are."
          action={
            <Link to="/sign-in" search={{ next: '/import' } as never} className={keyClass('main')}>
              Sign in
            </Link>
          }
        />
      </Pane>
    )
  if (!access || !state)
    return (
      <Pane>
        <LoadingState rows={5} />
      </Pane>
    )
  if (state.kind === 'new') return <JoinFirst />
  return state.isLoaded ? <ImportWork /> : <FirstLoad share={state.loadedShare} />
}

/** Currency and time zone come from the stores, which only a device of the business knows. */
function JoinFirst() {
  const { isBusy, failure, run } = useDeed()
  return (
    <Pane>
      <EmptyState
        icon={<Icon of={MonitorSmartphone} size={24} />}
        title="This browser is new to your business"
        text="Make it one of your devices: then it knows your stores and shows the dashboard too, also without a network."
        action={
          <Key variant="main" busy={isBusy} onPress={() => void run(() => device.enrolAsOffice())}>
            Use this browser
          </Key>
        }
      />
      {failure && <FailureNote failure={failure} />}
    </Pane>
  )
}

function FirstLoad({ share }: { share: number }) {
  return (
    <Pane title="Getting this device ready">
      <ProgressBar label="Loading your stores and figures" value={share} />
    </Pane>
  )
}
