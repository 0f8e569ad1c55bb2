import { useNavigate } from '@tanstack/react-router'
import {
  ChartNoAxesColumn,
  Keyboard,
  Lock,
  Monitor,
  Moon,
  Pause,
  ReceiptText,
  ScanBarcode,
  Settings,
  Sun,
  User,
} from 'lucide-react'
import type { KeyboardEvent, Ref } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { lockTill } from '../../app/till/lock.ts'
import { useTill } from '../../app/till/till-context.ts'
import { PHONE, useMedia } from '../../app/till/use-media.ts'
import { useNow } from '../../app/till/use-now.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Menu } from '../../ui/menu.tsx'
import { StatusKey } from '../../ui/status-key.tsx'
import { useTheme } from '../../ui/theme.ts'
import type { Theme } from '../../ui/theme.ts'

export interface TillTopProps {
  search: string
  searchRef: Ref<HTMLInputElement>
  onSearch: (text: string) => void
  onSearchKey: (event: KeyboardEvent<HTMLInputElement>) => void
  parkedCount: number
  onParked: () => void
  onHelp: () => void
}

export function TillTop({
  search,
  searchRef,
  onSearch,
  onSearchKey,
  parkedCount,
  onParked,
  onHelp,
}: TillTopProps) {
  const { store, register } = useTill()
  return (
    <header className="till-top">
      <div className="till-where">
        <Mark size={30} className="text-accent" />
        <h1>
          <b>{store.name}</b>
          <small>{register.name}</small>
        </h1>
      </div>
      <Field
        label="Search or scan"
        hideLabel
        type="search"
        className="till-search"
        placeholder="Search or scan"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        value={search}
        inputRef={searchRef}
        onChange={onSearch}
        onKeyDown={onSearchKey}
        end={search === '' && <Icon of={ScanBarcode} />}
      />
      <Key className="till-parked" icon={<Icon of={Pause} size={18} />} onPress={onParked}>
        Parked {parkedCount > 0 && <span className="figure">{parkedCount}</span>}
      </Key>
      <TillStatus />
      <PersonMenu parkedCount={parkedCount} onParked={onParked} onHelp={onHelp} />
    </header>
  )
}

function TillStatus() {
  const navigate = useNavigate()
  const isPhone = useMedia(PHONE)
  const now = useNow(30_000)
  const { data: status } = useDeviceQuery('status', [], () => device.status())
  if (!status) return null
  return (
    <StatusKey
      className="till-status"
      unsentCount={status.unsentCount}
      oldestAgeMs={status.oldestUnsentAt === null ? null : Math.max(now - status.oldestUnsentAt, 0)}
      online={status.isOnline}
      storageShort={status.isStorageShort}
      compact={isPhone}
      onPress={() => void navigate({ to: '/sync' })}
    />
  )
}

const THEMES: readonly { readonly theme: Theme; readonly label: string; readonly icon: typeof Sun }[] = [
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
  { theme: 'system', label: 'As the device', icon: Monitor },
]

function PersonMenu({
  parkedCount,
  onParked,
  onHelp,
}: Pick<TillTopProps, 'parkedCount' | 'onParked' | 'onHelp'>) {
  const { staff } = useTill()
  const navigate = useNavigate()
  const isPhone = useMedia(PHONE)
  const [theme, setTheme] = useTheme()
  return (
    <Menu
      className="till-person"
      label={staff.name}
      square
      align="end"
      trigger={<Icon of={User} />}
      items={[
        {
          key: 'lock',
          label: 'Lock',
          note: `${staff.name} is selling`,
          icon: <Icon of={Lock} />,
          onPress: lockTill,
        },
        ...(isPhone
          ? [
              {
                key: 'parked',
                label: `Parked orders ${parkedCount || ''}`,
                icon: <Icon of={Pause} />,
                onPress: onParked,
              },
            ]
          : []),
        {
          key: 'orders',
          label: 'Orders',
          icon: <Icon of={ReceiptText} />,
          onPress: () => void navigate({ to: '/till/orders' }),
        },
        {
          key: 'dashboard',
          label: 'Dashboard',
          icon: <Icon of={ChartNoAxesColumn} />,
          onPress: () => void navigate({ to: '/dashboard' }),
        },
        {
          key: 'settings',
          label: 'Settings',
          icon: <Icon of={Settings} />,
          onPress: () => void navigate({ to: '/settings' }),
        },
        { key: 'keyboard', label: 'Keyboard shortcuts', icon: <Icon of={Keyboard} />, onPress: onHelp },
        ...THEMES.map((one) => ({
          key: one.theme,
          label: one.label,
          icon: <Icon of={one.icon} />,
          chosen: one.theme === theme,
          onPress: () => setTheme(one.theme),
        })),
      ]}
    />
  )
}
