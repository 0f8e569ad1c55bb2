import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useNow } from '../../app/till/use-now.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatAge, formatNumber } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { DeviceState, SyncStatus } from '../../worker/api-device.ts'

/** What this browser is to the business. */
export function DeviceFacts({ state, status }: { state: DeviceState; status: SyncStatus }) {
  if (state.kind === 'new') {
    return (
      <Pane title="This device">
        <div className="grid justify-items-start gap-3">
          <p className="text-ink-2">It is neither a register nor an office device yet.</p>
          <Link to="/welcome" className={keyClass('main')}>
            Set up this device
          </Link>
          <dl className="grid w-full">
            <Fact name="Version">{__APP_VERSION__}</Fact>
          </dl>
        </div>
      </Pane>
    )
  }
  return (
    <Pane title="This device">
      <dl className="grid">
        <Fact name="Used as">{state.kind === 'register' ? 'Register' : 'Office, dashboards'}</Fact>
        {state.kind === 'register' && (
          <>
            <Fact name="Store">{state.store?.name ?? 'still coming in'}</Fact>
            <Fact name="Register">{state.register?.name ?? 'still coming in'}</Fact>
          </>
        )}
        <Fact name="Business">{state.business?.name ?? 'still coming in'}</Fact>
        <Fact name="Only here">
          <Unsent status={status} />
        </Fact>
        <Fact name="Device id" note={state.installId}>
          <ShortId id={state.installId} />
        </Fact>
        <Fact name="Version">{__APP_VERSION__}</Fact>
      </dl>
      <Link to="/sync" className={classNames(keyClass('rest'), 'mt-2')}>
        Contact, storage and copies
      </Link>
    </Pane>
  )
}

function Fact({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 border-t border-rule py-2.5 first:border-t-0 first:pt-0.5">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">
        <span className="font-label">{children}</span>
        {note !== undefined && <small className="block text-sm wrap-anywhere text-ink-2">{note}</small>}
      </dd>
    </div>
  )
}

/** Ids are ordered by time, so their ends differ most. */
function ShortId({ id }: { id: string }) {
  return <bdi className="font-mono text-sm">{id.slice(-8)}</bdi>
}

function Unsent({ status }: { status: SyncStatus }) {
  const { locale } = useLocale()
  const nowMs = useNow(30_000)
  if (status.unsentCount === 0)
    return (
      <span className="flex items-center gap-2">
        <Solid />
        All sent
      </span>
    )
  const oldest =
    status.oldestUnsentAt === null
      ? ''
      : `, oldest ${formatAge(nowMs - status.oldestUnsentAt, { nowMs, locale })}`
  return (
    <span className="flex items-center gap-2">
      <Hatch />
      {`${formatNumber(status.unsentCount, locale)} only here${oldest}`}
    </span>
  )
}
