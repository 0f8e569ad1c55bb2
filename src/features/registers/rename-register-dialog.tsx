import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { changeRecord } from '../../app/editing/records.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Key } from '../../ui/key.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'
import { nameErrorOf } from './register-name.ts'

/** Works offline: the new name is journalled here and reaches the others when it is sent. */
export function RenameRegisterDialog({
  register,
  taken,
  onDone,
  onClose,
}: {
  register: RegisterDevice
  /** Names of the store's other registers. */
  taken: readonly string[]
  onDone: (name: string) => void
  onClose: () => void
}) {
  const formId = useId()
  const [name, setName] = useState(register.name)
  const { isBusy, failure, run } = useDeed()
  const nameError = nameErrorOf(name, taken)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (nameError !== null) return
    const saved = await run(() => changeRecord('register', register.registerId, { name: name.trim() }))
    if (!saved.ok) return
    onDone(name.trim())
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rename ${register.name}`}
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key type="submit" form={formId} variant="main" busy={isBusy}>
            Rename
          </Key>
        </>
      }
    >
      <form id={formId} className="grid gap-4 pt-2" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          label="Name"
          value={name}
          maxLength={60}
          error={nameError}
          hint="Receipts that are printed already keep the old one."
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={setName}
        />
        <DeedNote failure={failure} />
      </form>
    </Dialog>
  )
}
