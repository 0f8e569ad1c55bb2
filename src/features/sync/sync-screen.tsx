import { Link } from '@tanstack/react-router'
import { ArrowLeft, MonitorOff } from 'lucide-react'
import { device } from '../../app/device.ts'
import { OfficeFrame, OfficeScreen } from '../../app/office-frame.tsx'
import { ReadBoundary, useNeededQuery, useNeededRead } from '../../app/read-boundary.tsx'
import { DrillBand } from '../../app/till/drill-band.tsx'
import { useNow } from '../../app/till/use-now.ts'
import { Icon } from '../../ui/icon.tsx'
import { keyClass } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { DeviceState, SyncFacts } from '../../worker/api-device.ts'
import { DrillPane } from './drill-pane.tsx'
import { FactsPane } from './facts-pane.tsx'
import { Notices } from './notices.tsx'
import { OnlyHerePane } from './only-here-pane.tsx'
import { ReadinessPane } from './readiness-pane.tsx'
import { RescuePane } from './rescue-pane.tsx'

const readAgainMs = 15_000
const countingDownMs = 1_000

/** [C7] What this device has that nobody else has, how safe that is, and the ways to get it off the device. */
export function SyncScreen() {
  return (
    <OfficeScreen title="This device" unread="This could not be read">
      <ThisDevice />
    </OfficeScreen>
  )
}

function ThisDevice() {
  const { data: state } = useNeededQuery<DeviceState>('device', [], () => device.device())
  const facts = useNeededRead<SyncFacts>({
    queryKey: ['status', 'facts'],
    queryFn: () => device.syncFacts(),
    // What lies in storage and what others decided changes without a word about the status.
    refetchInterval: readAgainMs,
    placeholderData: (last) => last,
  })
  return (
    <OfficeFrame
      title="This device"
      actions={
        state?.kind === 'register' && (
          <Link to="/till" className={keyClass('rest')}>
            <Icon of={ArrowLeft} className="mirrored" />
            Back to the till
          </Link>
        )
      }
    >
      {state?.kind === 'new' ? (
        <NotSetUp />
      ) : state === undefined || facts.data === undefined ? (
        <Pane>
          <LoadingState />
        </Pane>
      ) : (
        <Loaded state={state} facts={facts.data} />
      )}
    </OfficeFrame>
  )
}

function Loaded({ state, facts }: { state: Exclude<DeviceState, { kind: 'new' }>; facts: SyncFacts }) {
  const nowMs = useNow(facts.busyUntil === null ? readAgainMs : countingDownMs)
  return (
    <div className="grid gap-4">
      {facts.isDrill && <DrillBand look="card" />}
      <Notices facts={facts} />
      <div className="grid items-start gap-4 wide:grid-cols-[minmax(0,11fr)_minmax(0,10fr)]">
        <div className="grid gap-4">
          <OnlyHerePane facts={facts} currency={state.store?.pricing.currency ?? null} nowMs={nowMs} />
          {!facts.isRevoked && (
            <ReadBoundary title="What it needs before opening could not be read">
              <ReadinessPane kind={state.kind} />
            </ReadBoundary>
          )}
          {state.kind === 'register' && !facts.isRevoked && <DrillPane facts={facts} />}
          {facts.isRevoked && <FactsPane facts={facts} nowMs={nowMs} />}
        </div>
        <div className="grid gap-4">
          <RescuePane facts={facts} nowMs={nowMs} />
          {!facts.isRevoked && <FactsPane facts={facts} nowMs={nowMs} />}
        </div>
      </div>
    </div>
  )
}

function NotSetUp() {
  return (
    <Pane>
      <EmptyState
        icon={<Icon of={MonitorOff} size={24} />}
        title="This device belongs to no business yet"
        text="As a register or an office device it has something to keep safe."
        action={
          <Link to="/welcome" className={keyClass('main')}>
            Set up this device
          </Link>
        }
      />
    </Pane>
  )
}
