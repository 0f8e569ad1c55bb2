import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ban, Store as StoreIcon } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { ShopRecords } from '../../worker/api-lists.ts'
import type { DeviceState, StaffCard, SyncStatus } from '../../worker/api-device.ts'
import { formatNumber } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Mark } from '../../ui/mark.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import { device, useDeviceQuery } from '../device.ts'
import { UnreadState } from '../unread-state.tsx'
import { DrillBand } from './drill-band.tsx'
import { isOpenOrderLoaded, loadOpenOrder } from './open-order.ts'
import { PinLock } from './pin-lock.tsx'
import { TillContext } from './till-context.ts'
import './till-gate.css'

/** Around every till screen: nothing is shown to a person who has not given a PIN, or before there is something to sell. */
export function TillGate({ children }: { children: ReactNode }) {
  const read = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const restoring = useRestoredOrder()
  if (read.data && restoring.data) return <Opened state={read.data}>{children}</Opened>
  const reads = [read, restoring]
  return (
    <GatePage>
      {reads.some(({ isLoadingError }) => isLoadingError) ? (
        <UnreadState of={reads} title="The till did not open" />
      ) : (
        <LoadingState />
      )}
    </GatePage>
  )
}

function Opened({ state, children }: { state: DeviceState; children: ReactNode }) {
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  if (state.kind !== 'register') {
    const isNew = state.kind === 'new'
    return (
      <GatePage>
        <EmptyState
          icon={<Icon of={StoreIcon} size={24} />}
          title="This device is not a register"
          text={
            isNew
              ? 'Join it to your shop first.'
              : 'It shows dashboards. Sell on a device that joined as a register.'
          }
          action={
            <Link to={isNew ? '/welcome' : '/dashboard'} className={keyClass('main', 'key')}>
              {isNew ? 'Join as a register' : 'Open dashboard'}
            </Link>
          }
        />
      </GatePage>
    )
  }
  if (status?.isRevoked) return <OutOfUse status={status} />
  return (
    <DrillFrame isDrill={status?.isDrill ?? false}>
      <AsRegister state={state}>{children}</AsRegister>
    </DrillFrame>
  )
}

type RegisterState = Extract<DeviceState, { kind: 'register' | 'office' }>

function AsRegister({ state, children }: { state: RegisterState; children: ReactNode }) {
  if (!state.isLoaded || state.store === null || state.register === null)
    return <FirstLoad share={state.loadedShare} />
  if (state.signedIn === null)
    return <PinLock storeName={state.store.name} registerName={state.register.name} />
  return (
    <Ready store={state.store} register={state.register} business={state.business} staff={state.signedIn}>
      {children}
    </Ready>
  )
}

/** One element in both cases: what is open on the screen stays open when a practice begins or ends. */
function DrillFrame({ isDrill, children }: { isDrill: boolean; children: ReactNode }) {
  return (
    <div className={isDrill ? 'drill-frame' : 'contents'}>
      {isDrill && <DrillBand />}
      {children}
    </div>
  )
}

/** [P5] What it sold before still leaves it. */
function OutOfUse({ status: { unsentCount } }: { status: SyncStatus }) {
  const { locale } = useLocale()
  return (
    <GatePage>
      <EmptyState
        icon={<Icon of={Ban} size={24} />}
        title="This device was taken out of use"
        text={
          <>
            It sells nothing more. Sell at another register, or ask the owner.
            <span className="gate-unsent">
              {unsentCount === 0 ? <Solid /> : <Hatch />}
              {unsentCount === 0
                ? 'All that it sold has arrived.'
                : `${formatNumber(unsentCount, locale)} only here. They send themselves: keep this device on and connected.`}
            </span>
          </>
        }
        action={
          <Link to="/sync" className={keyClass('main', 'key')}>
            This device
          </Link>
        }
      />
    </GatePage>
  )
}

type ReadyProps = Pick<RegisterState, 'business'> & {
  store: NonNullable<RegisterState['store']>
  register: NonNullable<RegisterState['register']>
  staff: StaffCard
  children: ReactNode
}

function Ready({ business, store, register, staff, children }: ReadyProps) {
  const query = useDeviceQuery<ShopRecords>('catalogue', ['shop'], () => device.shopRecords())
  const catalogue = query.data
  const till = useMemo(
    () => (catalogue ? { business, store, register, staff, catalogue } : null),
    [business, store, register, staff, catalogue],
  )
  // The screen is large: it is drawn in slices, between which taps and frames have their turn.
  const shown = useDeferredValue(till, null)
  if (till && shown) return <TillContext value={shown}>{children}</TillContext>
  if (till) return null
  return (
    <GatePage>
      {query.isError ? <UnreadState of={[query]} title="The products could not be read" /> : <LoadingState />}
    </GatePage>
  )
}

function FirstLoad({ share }: { share: number }) {
  return (
    <GatePage>
      <div className="first-load">
        <Mark size={44} className="text-accent" />
        <h1>Getting this register ready</h1>
        <p>Products, prices and people are coming in. After this it sells without a network.</p>
        <ProgressBar label="Loaded" value={share} note={`${Math.floor(share * 100)}%`} />
      </div>
    </GatePage>
  )
}

function GatePage({ children }: { children: ReactNode }) {
  return <main className="gate-page">{children}</main>
}

/** A till that opened without it would take its place by an empty one. */
function useRestoredOrder() {
  return useQuery({
    queryKey: ['open-order'],
    queryFn: loadOpenOrder,
    ...(isOpenOrderLoaded() && { initialData: true }),
  })
}
