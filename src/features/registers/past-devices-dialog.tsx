import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatDate, formatNumber } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import type { DeviceOfRegister } from '#protocol/devices.ts'
import type { RegisterDevice } from '../../worker/api-office.ts'

/** Devices that sold as this register before. */
export function PastDevicesDialog({ register, onClose }: { register: RegisterDevice; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={`Earlier devices of ${register.name}`}>
      <ul className="grid pt-1">
        {register.past.map((past) => (
          <PastDevice key={past.installId} past={past} />
        ))}
      </ul>
    </Dialog>
  )
}

function PastDevice({ past }: { past: DeviceOfRegister }) {
  const { locale } = useLocale()
  const { enrolledAt, heardAt, lastSeq, unsentCount, revokedAt, forkedAt } = past
  return (
    <li className="grid gap-1 border-t border-rule py-3 first:border-t-0">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <b className="font-label">
          <bdi>{formatDate(enrolledAt, locale, 'day')}</bdi> to{' '}
          <bdi>{heardAt === null ? 'never heard' : formatDate(heardAt, locale, 'day')}</bdi>
        </b>
        {revokedAt !== null && <Badge>Out of use</Badge>}
        {forkedAt !== null && <Badge tone="attention">Copied</Badge>}
      </span>
      <small className="text-sm text-ink-2">
        {formatNumber(lastSeq, locale)} entries have arrived
        {unsentCount > 0 &&
          `, ${formatNumber(unsentCount, locale)} were on that device only when it was heard last`}
      </small>
    </li>
  )
}
