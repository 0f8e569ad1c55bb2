import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { device } from '../../app/device.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Key } from '../../ui/key.tsx'
import { Select } from '../../ui/select.tsx'
import { nextRegisterName } from './by-store.ts'
import type { StoreRegisters } from './by-store.ts'
import { nameErrorOf } from './register-name.ts'

export function AddRegisterDialog({
  stores,
  onAdded,
  onClose,
}: {
  stores: readonly StoreRegisters[]
  onAdded: () => void
  onClose: () => void
}) {
  const formId = useId()
  const [storeId, setStoreId] = useState(stores[0]?.storeId ?? '')
  const taken = stores.find((store) => store.storeId === storeId)?.registers.map(({ name }) => name) ?? []
  const [ownName, setName] = useState<string | null>(null)
  const { isBusy, failure, run } = useDeed()
  const name = ownName ?? nextRegisterName(taken)
  const nameError = nameErrorOf(name, taken)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (nameError !== null) return
    const added = await run(() => device.addRegister(storeId, name.trim()))
    if (!added.ok) return
    onAdded()
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a register"
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key type="submit" form={formId} variant="main" busy={isBusy}>
            Add register
          </Key>
        </>
      }
    >
      <form id={formId} className="grid gap-4 pt-2" noValidate onSubmit={(event) => void submit(event)}>
        <Select
          label="Store"
          value={storeId}
          options={stores.map((store) => ({ value: store.storeId, label: store.name }))}
          onChange={setStoreId}
        />
        <Field
          label="Name"
          value={name}
          maxLength={60}
          error={nameError}
          hint="As people say it: its number, or where it stands."
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={setName}
        />
        <DeedNote failure={failure} />
      </form>
    </Dialog>
  )
}
