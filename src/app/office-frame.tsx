import { Link, useNavigate } from '@tanstack/react-router'
import {
  ChartColumn,
  Ellipsis,
  FileUp,
  Inbox,
  type LucideIcon,
  Monitor,
  Package,
  ScanBarcode,
  Settings,
  ShieldCheck,
  Users,
  WifiOff,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { formatDate, formatNumber, formatTime } from '../ui/format.ts'
import { Hatch, Solid } from '../ui/hatch.tsx'
import { Icon } from '../ui/icon.tsx'
import { useLocale } from '../ui/locale.tsx'
import { Mark } from '../ui/mark.tsx'
import { Menu } from '../ui/menu.tsx'
import type { DeviceState, SyncStatus } from '../worker/api-device.ts'
import { device, useDeviceQuery } from './device.ts'
import { ReadBoundary } from './read-boundary.tsx'

/** Around the whole of an office screen: where a read that it needs has failed, the way out stays. */
export function OfficeScreen({
  title,
  unread,
  children,
}: {
  /** In the frame while the screen can't give it one. */
  title: string
  /** What could not be read, as a sentence. */
  unread: string
  children: ReactNode
}) {
  return (
    <ReadBoundary
      title={unread}
      frame={(error) => (
        <OfficeFrame title={title}>
          <section className="pane">{error}</section>
        </OfficeFrame>
      )}
    >
      {children}
    </ReadBoundary>
  )
}

/**
 * Around the screens of the office: navigation at the side of laptops (208 px) and tablets (88 px), at the bottom of
 * phones; a heading row with the screen's own keys; what is only on this device.
 */
export function OfficeFrame({
  title,
  actions,
  children,
}: {
  title: ReactNode
  /** At the end of the heading row; below the heading where it has no room. */
  actions?: ReactNode
  children: ReactNode
}) {
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  return (
    <div className="min-h-dvh tablet:grid tablet:grid-cols-[88px_minmax(0,1fr)] desk:grid-cols-[208px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-4 focus:z-50 focus:rounded-key focus:bg-raised focus:p-3"
      >
        Skip to content
      </a>
      <Navigation status={status} />
      <main
        id="content"
        tabIndex={-1}
        className="min-w-0 px-4 pt-3 pb-[calc(88px+env(safe-area-inset-bottom))] outline-none tablet:px-6 tablet:pt-4 tablet:pb-6"
      >
        <header className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-2 tablet:mb-4 tablet:gap-x-4">
          <h1 className="flex min-h-11 flex-1 items-center gap-3 text-xl tracking-tight whitespace-nowrap">
            <Mark size={26} className="text-accent tablet:hidden" />
            {title}
          </h1>
          {status && <Unsent status={status} />}
          {actions && <div className="flex flex-wrap items-center gap-2 tablet:gap-4">{actions}</div>}
        </header>
        {children}
      </main>
    </div>
  )
}

type Entry = {
  readonly to:
    | '/till'
    | '/dashboard'
    | '/inbox'
    | '/catalogue'
    | '/people'
    | '/registers'
    | '/import'
    | '/settings'
    | '/sync'
  readonly label: string
  readonly icon: LucideIcon
}

const entries: readonly Entry[] = [
  { to: '/dashboard', label: 'Sales', icon: ChartColumn },
  { to: '/inbox', label: 'Inbox', icon: Inbox },
  { to: '/catalogue', label: 'Catalog', icon: Package },
  { to: '/registers', label: 'Registers', icon: Monitor },
]

/** On a phone these stand under More. */
const furtherEntries: readonly Entry[] = [
  { to: '/people', label: 'People', icon: Users },
  { to: '/import', label: 'Import', icon: FileUp },
  { to: '/sync', label: 'This device', icon: ShieldCheck },
  { to: '/settings', label: 'Settings', icon: Settings },
]

const till: Entry = { to: '/till', label: 'Till', icon: ScanBarcode }

function Navigation({ status }: { status: SyncStatus | undefined }) {
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const navigate = useNavigate()
  const isRegister = state?.kind === 'register'
  return (
    <nav
      aria-label="Office"
      className="z-20 flex border-rule bg-page max-tablet:fixed max-tablet:inset-x-0 max-tablet:bottom-0 max-tablet:border-t max-tablet:bg-surface max-tablet:pb-[env(safe-area-inset-bottom)] tablet:sticky tablet:top-0 tablet:h-dvh tablet:flex-col tablet:gap-1 tablet:overflow-y-auto tablet:border-e tablet:p-2 tablet:pt-4 desk:gap-0.5 desk:px-3"
    >
      <p className="flex items-center gap-2.5 pb-4 text-md font-number tracking-tight max-tablet:hidden tablet:max-desk:justify-center desk:px-2.5 desk:pt-1">
        <span aria-hidden="true">
          <Mark size={26} className="text-accent" />
        </span>
        <span className="tablet:max-desk:sr-only">Evertill</span>
      </p>
      {(isRegister ? [till, ...entries] : entries).map((entry) => (
        <NavigationLink key={entry.to} entry={entry} count={entry.to === '/inbox' ? status?.openInbox : 0} />
      ))}
      {furtherEntries.map((entry) => (
        <NavigationLink key={entry.to} entry={entry} className="max-tablet:hidden" />
      ))}
      <Menu
        label="More"
        trigger={
          <span className="grid justify-items-center gap-1">
            <Icon of={Ellipsis} />
            More
          </span>
        }
        align="end"
        variant="flat"
        square
        className="min-h-18 w-auto flex-1 rounded-none px-1 text-xs text-ink-2 tablet:hidden"
        items={furtherEntries.map(({ to, label, icon }) => ({
          key: to,
          label,
          icon: <Icon of={icon} />,
          onPress: () => void navigate({ to }),
        }))}
      />
      {status && <Foot status={status} />}
    </nav>
  )
}

function NavigationLink({
  entry,
  count = 0,
  className,
}: {
  entry: Entry
  count?: number | undefined
  className?: string
}) {
  const { locale } = useLocale()
  return (
    <Link
      to={entry.to}
      activeOptions={{ includeSearch: false }}
      className={classNames(entryClass, className)}
      activeProps={{ 'aria-current': 'page' }}
    >
      <Icon of={entry.icon} className="desk:size-[18px]" />
      {entry.label}
      {count > 0 && (
        <span className="rounded-s bg-critical-soft px-1.5 text-xs font-number text-critical max-desk:absolute max-desk:start-1/2 max-desk:top-1.5 max-desk:ms-2.5 desk:ms-auto">
          <span className="sr-only">, open: </span>
          {formatNumber(count, locale)}
        </span>
      )}
    </Link>
  )
}

/** The chosen entry is a surface with an outline beside the page, and has a line on top at the bottom of a phone. */
const entryClass =
  'relative flex items-center font-label text-ink-2 no-underline aria-[current]:text-ink ' +
  'max-desk:flex-1 max-desk:flex-col max-desk:justify-center max-desk:gap-1 max-desk:text-xs max-tablet:min-h-18 ' +
  'max-tablet:aria-[current]:before:absolute max-tablet:aria-[current]:before:inset-x-5 max-tablet:aria-[current]:before:-top-px ' +
  'max-tablet:aria-[current]:before:h-[3px] max-tablet:aria-[current]:before:rounded-b-[3px] max-tablet:aria-[current]:before:bg-accent ' +
  'tablet:max-desk:min-h-16 tablet:max-desk:flex-none tablet:rounded-m tablet:aria-[current]:bg-surface ' +
  'tablet:aria-[current]:shadow-[0_0_0_1px_var(--rule)] ' +
  'desk:min-h-9 desk:gap-2.5 desk:px-2.5 desk:text-sm desk:touch:min-h-12'

function Foot({ status }: { status: SyncStatus }) {
  return (
    <Link
      to="/sync"
      className="mt-auto grid gap-0.5 rounded-m p-2.5 text-xs text-ink-3 no-underline hover:bg-fill max-desk:hidden"
    >
      <SentMark status={status} />
      <span>
        {status.isOnline ? 'This device, ' : 'Offline since '}
        <LastContact at={status.lastContactAt} />
      </span>
    </Link>
  )
}

/** Where there is no foot, the heading says what is not settled; settled needs no word. */
function Unsent({ status }: { status: SyncStatus }) {
  if (status.unsentCount === 0 && status.isOnline) return null
  return (
    <p className="flex items-center gap-2 text-sm text-ink-2 desk:hidden">
      {!status.isOnline && <Icon of={WifiOff} size={16} label="Offline" />}
      {status.unsentCount > 0 && <SentMark status={status} isShort />}
    </p>
  )
}

/** With `isShort` the words are only spoken: for phones. */
function SentMark({ status, isShort = false }: { status: SyncStatus; isShort?: boolean }) {
  const { locale } = useLocale()
  const words = isShort ? 'max-tablet:sr-only' : undefined
  return (
    <span className="flex items-center gap-2 text-sm whitespace-nowrap text-ink-2">
      {status.unsentCount === 0 ? (
        <>
          <Solid />
          All sent
        </>
      ) : (
        <>
          <Hatch />
          <span>
            {formatNumber(status.unsentCount, locale)} <span className={words}>only here</span>
          </span>
        </>
      )}
    </span>
  )
}

function LastContact({ at }: { at: number | null }) {
  const { locale } = useLocale()
  if (at === null) return 'the start'
  const isToday = formatDate(at, locale, 'numeric') === formatDate(Date.now(), locale, 'numeric')
  return <bdi>{isToday ? formatTime(at, locale) : formatDate(at, locale, 'short')}</bdi>
}
