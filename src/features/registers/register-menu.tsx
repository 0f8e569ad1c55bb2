import { ArrowRightLeft, EllipsisVertical, History, Pencil, ShieldOff } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'

export type RegisterAction = 'rename' | 'move' | 'lost' | 'past'

/** What can be done with a register beside giving it a device. */
export function RegisterMenu({
  register,
  hasOtherStores,
  onChoose,
}: {
  register: RegisterDevice
  hasOtherStores: boolean
  onChoose: (action: RegisterAction) => void
}) {
  const item = (key: RegisterAction, label: string, of: typeof Pencil, offReason?: string) => {
    return {
      key,
      label,
      icon: <Icon of={of} />,
      onPress: () => onChoose(key),
      ...(offReason ? { offReason } : {}),
    }
  }
  const lost = item(
    'lost',
    'Lost or out of use',
    ShieldOff,
    register.install ? undefined : 'It has no device.',
  )
  return (
    <Menu
      label={`More about ${register.name}`}
      trigger={<Icon of={EllipsisVertical} size={20} />}
      square
      size="small"
      variant="flat"
      align="end"
      items={[
        item('rename', 'Rename', Pencil),
        item(
          'move',
          'Move to another store',
          ArrowRightLeft,
          hasOtherStores ? undefined : 'There is one store only.',
        ),
        ...(register.past.length > 0 ? [item('past', 'Earlier devices', History)] : []),
        { ...lost, tone: 'critical' as const },
      ]}
    />
  )
}
