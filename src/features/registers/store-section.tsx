import { MonitorSmartphone } from 'lucide-react'
import { Badge } from '../../ui/badge.tsx'
import { formatDate, formatNumber } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { LongList } from '../../ui/long-list.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'
import type { StoreRegisters } from './by-store.ts'
import { heardWords } from './heard-words.ts'
import { type RegisterAction, RegisterMenu } from './register-menu.tsx'

type RowProps = {
  readonly ownInstallId: string | null
  readonly nowMs: number
  readonly hasOtherStores: boolean
  readonly onAddDevice: (register: RegisterDevice) => void
  readonly onAction: (action: RegisterAction, register: RegisterDevice) => void
}

/** About how high a row is, and a store's heading with what is around it. */
const ROW_PX = 70
const HEAD_PX = 76

export function sectionPx({ registers }: StoreRegisters): number {
  return HEAD_PX + ROW_PX * Math.max(1, registers.length)
}

/** One store with its registers. */
export function StoreSection({ store, ...row }: RowProps & { store: StoreRegisters }) {
  return (
    <Pane title={store.name}>
      {store.registers.length === 0 ? (
        <p className="py-2 text-ink-2">No register here yet.</p>
      ) : (
        <LongList
          rows={store.registers}
          rowKey={({ registerId }) => registerId}
          rowPx={ROW_PX}
          className="grid"
          blockClassName="border-t border-rule first:border-t-0 not-last:pb-3"
        >
          {(register) => <RegisterRow register={register} {...row} />}
        </LongList>
      )}
    </Pane>
  )
}

function RegisterRow({
  register,
  ownInstallId,
  nowMs,
  hasOtherStores,
  onAddDevice,
  onAction,
}: RowProps & { register: RegisterDevice }) {
  const { locale } = useLocale()
  const { install } = register
  const heard = heardWords(install, nowMs, locale)
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-t border-rule py-3 first:border-t-0 last:pb-0 tablet:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_auto]">
      <div className="grid min-w-0 justify-items-start gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="font-label">{register.name}</b>
          {install && install.installId === ownInstallId && <Badge tone="ok">This device</Badge>}
          {install?.forkedAt && <Badge tone="attention">Copied</Badge>}
        </span>
        {install && (
          <small className="text-sm text-ink-2">
            Device since <bdi>{formatDate(install.enrolledAt, locale, 'short')}</bdi>
          </small>
        )}
      </div>
      <p className="flex items-center gap-2 text-sm max-tablet:col-start-1 max-tablet:row-start-2">
        {heard.kind === 'heard' && <Solid />}
        {(heard.kind === 'silent' || heard.kind === 'never') && <Hatch />}
        <span className={heard.kind === 'silent' ? 'font-label' : 'text-ink-2'}>
          {heard.text}
          {install && install.unsentCount > 0 && (
            <span className="block">{formatNumber(install.unsentCount, locale)} were only there</span>
          )}
        </span>
      </p>
      <div className="flex items-center gap-1 max-tablet:row-span-2">
        <Key
          size="small"
          className="min-w-35 max-tablet:min-w-0"
          icon={<Icon of={MonitorSmartphone} size={16} />}
          label={`${install ? 'New device' : 'Add device'}: ${register.name}`}
          onPress={() => onAddDevice(register)}
        >
          {install ? 'New device' : 'Add device'}
        </Key>
        <RegisterMenu
          register={register}
          hasOtherStores={hasOtherStores}
          onChoose={(action) => onAction(action, register)}
        />
      </div>
    </li>
  )
}
