import { UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Staff, Store } from '#domain/catalogue.ts'
import { mayGrant } from '#domain/permissions.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { changeRecord } from '../../app/editing/records.ts'
import { type RecordRules, type Start, useRecordForm } from '../../app/editing/use-record-form.ts'
import type { Rights } from '../../app/editing/rights.ts'
import { useSavedToast } from '../../app/editing/use-saved-toast.ts'
import { newId } from '../../app/till/new-id.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { newItem, type usePeoplePlace } from './people-place.ts'
import { PinDialog } from './pin-dialog.tsx'
import { roleNames } from './role-words.ts'
import {
  draftOfStaff,
  newStaff,
  pinText,
  type StaffDraft,
  staffFieldWords,
  staffOfDraft,
} from './staff-draft.ts'
import { StaffFields } from './staff-fields.tsx'

type Place = ReturnType<typeof usePeoplePlace>

const rules: RecordRules<'staff', StaffDraft> = {
  kind: 'staff',
  draftOf: draftOfStaff,
  docOf: staffOfDraft,
  wordsOf: staffFieldWords,
}

/** The sheet of the person that the address names. */
export function OpenStaff({
  stores,
  rights,
  state,
  place,
}: {
  stores: readonly Store[]
  rights: Rights
  state: DeviceState
  place: Place
}) {
  if (place.item === null) return null
  const shared = { stores, rights, place }
  if (place.item === newItem) {
    if (!rights.mayEdit('staff')) return null
    const storeId = state.kind === 'register' ? state.store?.storeId : undefined
    return <NewStaffSheet key={newItem} storeIds={storeId === undefined ? [] : [storeId]} {...shared} />
  }
  return (
    <RecordOpener key={place.item} kind="staff" id={place.item} noun="person" onClose={place.close}>
      {(opened, latest) => (
        <StaffSheet
          staffId={opened.doc.staffId}
          start={{ kind: 'opened', opened }}
          latest={latest}
          {...shared}
        />
      )}
    </RecordOpener>
  )
}

type SheetProps = { readonly stores: readonly Store[]; readonly rights: Rights; readonly place: Place }

function NewStaffSheet({ storeIds, ...shared }: SheetProps & { storeIds: readonly string[] }) {
  const [doc] = useState(() => newStaff(newId(), storeIds))
  const start = { kind: 'new', doc, draft: draftOfStaff(doc) } as const
  return <StaffSheet staffId={doc.staffId} start={start} latest={null} {...shared} />
}

function StaffSheet({
  staffId,
  start,
  latest,
  stores,
  rights,
  place,
}: SheetProps & {
  staffId: string
  start: Start<'staff', StaffDraft>
  latest: OpenedRecord<'staff'> | null
}) {
  const form = useRecordForm(rules, staffId, start, latest)
  const tell = useSavedToast()
  const toasts = useToast()
  const [isSettingPin, setSettingPin] = useState(false)
  const known = latest?.doc ?? (start.kind === 'new' ? start.doc : start.opened.doc)
  const readOnlyReason = rights.reason('staff', 'staff') ?? aboveReason(rights, known)
  const dismiss = async (isActive: boolean) => {
    if (!(await form.save({ isActive }))) return
    const undo = async () => {
      const undone = await changeRecord('staff', staffId, { isActive: !isActive })
      if (!undone.ok) toasts.showFailure(undone.failure)
    }
    tell(isActive ? `${known.name} is back.` : `${known.name} is dismissed.`, () => void undo())
    place.closeAtOnce()
  }
  return (
    <>
      <RecordSheet
        form={form}
        noun="person"
        title={form.isNew ? 'New person' : known.name}
        deleting={known.pin === null ? deletingOf(known) : undefined}
        ownKey={
          !form.isNew && (
            <Key
              icon={<Icon of={form.draft.isActive ? UserMinus : UserPlus} />}
              className="flex-none"
              offReason={form.isGone ? 'This person was deleted.' : null}
              onPress={() => void dismiss(!form.draft.isActive)}
            >
              {form.draft.isActive ? 'Dismiss' : 'Bring back'}
            </Key>
          )
        }
        readOnlyReason={readOnlyReason}
        onClose={place.close}
        onDone={place.closeAtOnce}
      >
        <StaffFields
          form={form}
          stores={stores}
          role={rights.role}
          onSetPin={readOnlyReason === null ? () => setSettingPin(true) : null}
        />
      </RecordSheet>
      {isSettingPin && (
        <PinDialog
          name={form.draft.name.trim()}
          onChosen={(pin) => form.change({ pin: pinText(pin) })}
          onClose={() => setSettingPin(false)}
        />
      )}
    </>
  )
}

/** Nobody touches the rights of somebody above him. */
function aboveReason({ role }: Rights, { role: touched }: Staff): string | null {
  return mayGrant(role, touched) ? null : `Only the role ${roleNames[touched]} may change this person.`
}

/** Who never had a PIN can't have sold anything. All others are dismissed: their sales keep the name. */
function deletingOf({ name }: Staff) {
  return {
    title: `Delete ${name}?`,
    text: <p>{name} never had a PIN, so no sale carries this name.</p>,
  }
}
