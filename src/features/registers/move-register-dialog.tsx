import { useState } from 'react'
import { device } from '../../app/device.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Select } from '../../ui/select.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'
import type { StoreRegisters } from './by-store.ts'

/** *Online.* Moves a register and its device to another store. */
export function MoveRegisterDialog({
  register,
  stores,
  onDone,
  onClose,
}: {
  register: RegisterDevice
  stores: readonly StoreRegisters[]
  onDone: () => void
  onClose: () => void
}) {
  const { locale } = useLocale()
  const others = stores.filter(({ storeId }) => storeId !== register.storeId)
  const [storeId, setStoreId] = useState(others[0]?.storeId ?? '')
  const { isBusy, failure, run } = useDeed()
  const unsent = register.install?.unsentCount ?? 0
  const move = async () => {
    const moved = await run(() => device.moveRegister(register.registerId, storeId))
    if (!moved.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Move ${register.name} to another store`}
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key variant="main" busy={isBusy} onPress={() => void move()}>
            Move
          </Key>
        </>
      }
    >
      <div className="grid gap-4 pt-2">
        <Select
          label="Store"
          value={storeId}
          options={others.map((store) => ({ value: store.storeId, label: store.name }))}
          onChange={setStoreId}
        />
        <ul className="grid list-disc gap-1 ps-5 text-sm text-ink-2">
          <li>Its device loads the other store’s prices and orders the next time it is online.</li>
          <li>Until then it sells for {register.storeName}, and those sales count there.</li>
          {unsent > 0 && (
            <li>
              {formatNumber(unsent, locale)} that it has not sent yet stay on it and count where they were
              sold.
            </li>
          )}
        </ul>
        <DeedNote failure={failure} />
      </div>
    </Dialog>
  )
}
