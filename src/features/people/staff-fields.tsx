import { useState } from 'react'
import type { StaffRole, Store } from '#domain/catalogue.ts'
import type { RecordForm } from '../../app/editing/use-record-form.ts'
import { Field } from '../../ui/field.tsx'
import { Key } from '../../ui/key.tsx'
import { Select } from '../../ui/select.tsx'
import { roleNames, roleNotes, rolesToGive } from './role-words.ts'
import type { StaffDraft } from './staff-draft.ts'
import { StoreChoice } from './store-choice.tsx'

/** `role`: of the person in front of the device. */
export function StaffFields({
  form,
  stores,
  role,
  onSetPin,
}: {
  form: RecordForm<StaffDraft>
  stores: readonly Store[]
  role: StaffRole | null
  /** Null where nothing can be changed. */
  onSetPin: (() => void) | null
}) {
  const { draft, errors, change } = form
  const [roleBefore] = useState(draft.role)
  return (
    <>
      {!draft.isActive && (
        <p className="text-sm text-ink-2">
          Dismissed: signs in at no register any more. Past sales keep the name.
        </p>
      )}
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        autoComplete="off"
        hint="Shown at the till and on receipts."
        {...(form.isNew && { 'data-autofocus': true })}
        onChange={(name) => change({ name })}
      />
      <Select
        label="Role"
        value={draft.role}
        options={rolesToGive(role, roleBefore).map((value) => ({ value, label: roleNames[value] }))}
        hint={roleNotes[draft.role]}
        onChange={(given) => change({ role: given })}
      />
      {(stores.length > 1 || draft.storeIds !== null) && (
        <StoreChoice
          stores={stores}
          storeIds={draft.storeIds}
          error={errors['storeIds']}
          onChange={(storeIds) => change({ storeIds })}
        />
      )}
      <PinRow form={form} onSetPin={onSetPin} />
    </>
  )
}

function PinRow({
  form: { draft },
  onSetPin,
}: {
  form: RecordForm<StaffDraft>
  onSetPin: (() => void) | null
}) {
  const [pinBefore] = useState(draft.pin)
  const isNew = draft.pin !== pinBefore
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5">
      <div className="grid gap-0.5">
        <span className="field-label">PIN for the till</span>
        <span className="text-sm text-ink-2">
          {isNew
            ? 'A new PIN, not saved yet.'
            : draft.pin === ''
              ? 'None yet. Without one, this person can’t sign in.'
              : 'Set. It is shown nowhere.'}
        </span>
      </div>
      {onSetPin && <Key onPress={onSetPin}>{draft.pin === '' ? 'Set a PIN' : 'New PIN'}</Key>}
    </div>
  )
}
