import { useState } from 'react'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type RecordRules, type Start, useRecordForm } from '../../app/editing/use-record-form.ts'
import type { Rights } from '../../app/editing/rights.ts'
import { newId } from '../../app/till/new-id.ts'
import { Field } from '../../ui/field.tsx'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { type CustomerDraft, customerFieldWords, customerOfDraft, draftOfCustomer } from './customer-draft.ts'
import { newItem, type usePeoplePlace } from './people-place.ts'

type SheetProps = { readonly rights: Rights; readonly place: ReturnType<typeof usePeoplePlace> }

const rules: RecordRules<'customer', CustomerDraft> = {
  kind: 'customer',
  draftOf: draftOfCustomer,
  docOf: customerOfDraft,
  wordsOf: customerFieldWords,
}

/** The sheet of the customer that the address names. */
export function OpenCustomer({ rights, place }: SheetProps) {
  if (place.item === null) return null
  if (place.item === newItem)
    return rights.mayEdit('customer') ? (
      <NewCustomerSheet key={newItem} rights={rights} place={place} />
    ) : null
  return (
    <RecordOpener key={place.item} kind="customer" id={place.item} noun="customer" onClose={place.close}>
      {(opened, latest) => (
        <CustomerSheet
          customerId={opened.doc.customerId}
          start={{ kind: 'opened', opened }}
          latest={latest}
          rights={rights}
          place={place}
        />
      )}
    </RecordOpener>
  )
}

function NewCustomerSheet(shared: SheetProps) {
  const [doc] = useState(() => ({ customerId: newId(), name: '', phone: null, email: null }))
  const start = { kind: 'new', doc, draft: draftOfCustomer(doc) } as const
  return <CustomerSheet customerId={doc.customerId} start={start} latest={null} {...shared} />
}

function CustomerSheet({
  customerId,
  start,
  latest,
  rights,
  place,
}: SheetProps & {
  customerId: string
  start: Start<'customer', CustomerDraft>
  latest: OpenedRecord<'customer'> | null
}) {
  const form = useRecordForm(rules, customerId, start, latest)
  const { draft, errors, change } = form
  const { name } = start.kind === 'new' ? start.doc : start.opened.doc
  return (
    <RecordSheet
      form={form}
      noun="customer"
      title={form.isNew ? 'New customer' : name}
      deleting={{
        title: `Delete ${name}?`,
        text: <p>Name, phone and e-mail go from every device. Sales and figures stay, without the name.</p>,
      }}
      readOnlyReason={rights.reason('customer', 'customers')}
      onClose={place.close}
      onDone={place.closeAtOnce}
    >
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        autoComplete="off"
        {...(form.isNew && { 'data-autofocus': true })}
        onChange={(text) => change({ name: text })}
      />
      <Field
        label="Phone"
        type="tel"
        value={draft.phone}
        error={errors['phone']}
        autoComplete="off"
        hint="May be left out."
        onChange={(phone) => change({ phone })}
      />
      <Field
        label="E-mail"
        type="email"
        value={draft.email}
        error={errors['email']}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint="May be left out."
        onChange={(email) => change({ email })}
      />
    </RecordSheet>
  )
}
