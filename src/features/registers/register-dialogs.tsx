import { useToast } from '../../ui/toast.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'
import type { StoreRegisters } from './by-store.ts'
import { LostDeviceDialog } from './lost-device-dialog.tsx'
import { MoveRegisterDialog } from './move-register-dialog.tsx'
import { PastDevicesDialog } from './past-devices-dialog.tsx'
import type { RegisterAction } from './register-menu.tsx'
import { RenameRegisterDialog } from './rename-register-dialog.tsx'

/** The dialog of the action that was chosen for a register. */
export function RegisterDialogs({
  action,
  register,
  stores,
  ownInstallId,
  onChanged,
  onRenamed,
  onReplace,
  onClose,
}: {
  action: RegisterAction
  register: RegisterDevice
  stores: readonly StoreRegisters[]
  ownInstallId: string | null
  onChanged: () => void
  onRenamed: (registerId: string, name: string) => void
  onReplace: () => void
  onClose: () => void
}) {
  const toast = useToast()
  const neighbours = stores.find(({ storeId }) => storeId === register.storeId)?.registers ?? []
  const taken = neighbours.filter((each) => each.registerId !== register.registerId).map(({ name }) => name)
  switch (action) {
    case 'rename':
      return (
        <RenameRegisterDialog
          register={register}
          taken={taken}
          onClose={onClose}
          onDone={(name) => {
            toast.show({ text: `Renamed to ${name}.` })
            onRenamed(register.registerId, name)
          }}
        />
      )
    case 'move':
      return (
        <MoveRegisterDialog
          register={register}
          stores={stores}
          onClose={onClose}
          onDone={() => {
            toast.show({ text: `${register.name} moves when its device is online.` })
            onChanged()
          }}
        />
      )
    case 'past':
      return <PastDevicesDialog register={register} onClose={onClose} />
    case 'lost':
      return (
        register.install && (
          <LostDeviceDialog
            register={register}
            install={register.install}
            isThisDevice={register.install.installId === ownInstallId}
            onDone={onChanged}
            onReplace={onReplace}
            onClose={onClose}
          />
        )
      )
  }
}
