import { Link, useNavigate } from '@tanstack/react-router'
import { ChartColumn, CloudOff, SquareTerminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { UnreadState } from '../../app/unread-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { Account } from '../../worker/api-office.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import { AlreadyRegister } from './already-register.tsx'
import { CodeEntry } from './code-entry.tsx'
import { useAccount, useSetUpState } from './office-queries.ts'
import { RegisterChoice } from './register-choice.tsx'
import { notStarted, WayInFrame } from './way-in-frame.tsx'

/** The first screen of a browser that is not enrolled: a register, or the dashboards. */
export function WelcomeScreen() {
  const read = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const state = read.data
  const setUp = useSetUpState()
  const account = useAccount()
  if (state?.kind === 'register') return <AlreadyRegister state={state} />
  const reads = [read, setUp, account]
  const tryAgain = () => void Promise.all([setUp.refetch(), account.refetch()])
  return (
    <WayInFrame title="What is this device for?" text="A register sells; the dashboards show what was sold.">
      {reads.some(({ isLoadingError }) => isLoadingError) ? (
        <StatePane>
          <UnreadState of={reads} {...notStarted} />
        </StatePane>
      ) : state === undefined || setUp.data === undefined || account.data === undefined ? (
        <StatePane>
          <LoadingState />
        </StatePane>
      ) : !setUp.data.ok ? (
        <NoNetwork onRetry={tryAgain} isTrying={setUp.isFetching} />
      ) : !setUp.data.value.isSetUp ? (
        <NotSetUp onRetry={tryAgain} isTrying={setUp.isFetching} />
      ) : (
        <WaysOn account={account.data} isOffice={state.kind === 'office'} />
      )}
    </WayInFrame>
  )
}

function WaysOn({ account, isOffice }: { account: Account | null; isOffice: boolean }) {
  const navigate = useNavigate()
  return (
    <>
      {account && <RegisterChoice account={account} />}
      <Pane title={account ? 'Or enter a code' : 'This is a register'}>
        <div className="grid gap-4">
          <p className="text-ink-2">
            Whoever manages the shop makes a code under Registers, Add device. It works for 10 minutes.
          </p>
          <CodeEntry isMain={!account} onCode={(code) => void navigate({ to: '/enrol', hash: code })} />
          {!account && (
            <p className="text-sm text-ink-2">
              No code at hand?{' '}
              <Link to="/sign-in" search={{ next: '/welcome' }} className="text-accent underline">
                Sign in and choose the register here
              </Link>
            </p>
          )}
        </div>
      </Pane>
      <Pane>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 flex-[1_1_16rem]">
            <h2>This is for the office</h2>
            <p className="text-ink-2">Sales, registers and imports, for owners and managers.</p>
          </div>
          <Link
            to={isOffice ? '/dashboard' : '/sign-in'}
            className={`${keyClass('rest', 'key')} max-tablet:flex-1`}
          >
            <Icon of={ChartColumn} />
            Open the dashboards
          </Link>
        </div>
      </Pane>
    </>
  )
}

function NoNetwork({ onRetry, isTrying }: { onRetry: () => void; isTrying: boolean }) {
  return (
    <StatePane>
      <EmptyState
        icon={<Icon of={CloudOff} size={24} />}
        title="No connection right now"
        text="Setting a device up needs the network once. After that it sells without."
        action={
          <Key variant="main" busy={isTrying} onPress={onRetry}>
            Try again
          </Key>
        }
      />
    </StatePane>
  )
}

function NotSetUp({ onRetry, isTrying }: { onRetry: () => void; isTrying: boolean }) {
  return (
    <StatePane>
      <EmptyState
        icon={<Icon of={SquareTerminal} size={24} />}
        title="This Evertill has no business yet"
        text="Its set-up link stands in the terminal in which the server runs. Open that link to begin."
        action={
          <Key busy={isTrying} onPress={onRetry}>
            Look again
          </Key>
        }
      />
    </StatePane>
  )
}

function StatePane({ children }: { children: ReactNode }) {
  return <section className="pane">{children}</section>
}
