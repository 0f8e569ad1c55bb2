import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useNow } from '../../app/till/use-now.ts'
import { formatAge, formatDate, formatNumber, formatTime } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { DeviceState, SyncStatus } from '../../worker/api.ts'
import { byteText } from './byte-text.ts'
import { useStorageFacts } from './storage-facts.ts'

/** What this browser is to the business, and how safe what it holds is. */
export function DeviceFacts({ state, status }: { state: DeviceState; status: SyncStatus }) {
  const { locale } = useLocale()
  const count = (value: number) => formatNumber(value, locale)
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
        {state.kind === 'register' && (
          <>
            <Fact name="Only here">
              <Unsent status={status} />
            </Fact>
            <Fact name="Journal" note="everything this register ever did, in order">
              {count(status.journalSeq)} {status.journalSeq === 1 ? 'entry' : 'entries'}
            </Fact>
          </>
        )}
        <Fact name="Last contact" note={status.isOnline ? undefined : 'No connection right now.'}>
          {status.lastContactAt === null ? 'never' : <When at={status.lastContactAt} />}
        </Fact>
        {status.trouble && (
          <Fact name="Trouble" note={status.trouble.mend}>
            {status.trouble.sentence}
          </Fact>
        )}
        <StorageFact isShort={status.isStorageShort} />
        <Fact name="Device id" note={state.installId}>
          <ShortId id={state.installId} />
        </Fact>
        <Fact name="Version">{__APP_VERSION__}</Fact>
      </dl>
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

function When({ at }: { at: number }) {
  const { locale } = useLocale()
  return (
    <bdi>
      {formatDate(at, locale, 'day')}, {formatTime(at, locale)}
    </bdi>
  )
}

function StorageFact({ isShort }: { isShort: boolean }) {
  const { locale } = useLocale()
  const { facts, keep } = useStorageFacts()
  const [wasRefused, setRefused] = useState(false)
  if (facts === undefined) return null
  const used = facts.usedBytes === null ? undefined : `${byteText(facts.usedBytes, locale)} used`
  const note = wasRefused
    ? 'The browser refused. Install Evertill from its menu: installed apps are kept.'
    : isShort
      ? 'Space on this device is short. Free some today.'
      : used
  if (facts.isKept !== false)
    return (
      <Fact name="Storage" note={note}>
        {facts.isKept ? 'Kept until you remove it' : 'As the browser decides'}
      </Fact>
    )
  return (
    <Fact name="Storage" note={note}>
      <span className="flex flex-wrap items-center justify-between gap-2">
        The browser may clear it
        <Key size="small" onPress={() => void keep().then((isKept) => setRefused(!isKept))}>
          Keep it
        </Key>
      </span>
    </Fact>
  )
}
