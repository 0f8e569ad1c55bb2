import { useId } from 'react'
import type { Store } from '#domain/catalogue.ts'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type RecordForm, type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import type { Rights } from '../../app/editing/rights.ts'
import { Field } from '../../ui/field.tsx'
import { formatMoney } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { Select } from '../../ui/select.tsx'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { roundingOptions } from './rounding-options.ts'
import type { SettingsPlace } from './settings-place.ts'
import {
  changesPricing,
  draftOfStore,
  type StoreDraft,
  storeFieldWords,
  storeOfDraft,
} from './store-draft.ts'
import { zoneOptions } from './zone-options.ts'

const rules: RecordRules<'store', StoreDraft> = {
  kind: 'store',
  draftOf: draftOfStore,
  docOf: storeOfDraft,
  wordsOf: storeFieldWords,
}

export function StoreSheet({
  opened,
  latest,
  rights,
  place,
}: {
  opened: OpenedRecord<'store'>
  latest: OpenedRecord<'store'> | null
  rights: Rights
  place: SettingsPlace
}) {
  const form = useRecordForm(rules, opened.doc.storeId, { kind: 'opened', opened }, latest)
  return (
    <RecordSheet
      form={form}
      noun="store"
      title={opened.doc.name}
      readOnlyReason={rights.reason('store', 'stores')}
      onClose={place.close}
      onDone={place.closeAtOnce}
    >
      <ReceiptFields form={form} />
      <PricingFields form={form} before={opened.doc} />
      <Select
        label="Time zone"
        value={form.draft.timeZone}
        options={zoneOptions(opened.doc.timeZone)}
        hint="A day begins and ends by it. Earlier sales stay on the day they were made."
        onChange={(timeZone) => form.change({ timeZone })}
      />
    </RecordSheet>
  )
}

type FieldsProps = { readonly form: RecordForm<StoreDraft> }

function ReceiptFields({ form: { draft, errors, change } }: FieldsProps) {
  return (
    <>
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        autoComplete="off"
        onChange={(name) => change({ name })}
      />
      <Field
        label="Address"
        multiline
        value={draft.address}
        error={errors['address']}
        hint="On receipts, as it stands here."
        onChange={(address) => change({ address })}
      />
      <Field
        label="Last lines of the receipt"
        multiline
        value={draft.receiptFooter}
        error={errors['receiptFooter']}
        hint="Thanks, opening hours, how to return something."
        onChange={(receiptFooter) => change({ receiptFooter })}
      />
    </>
  )
}

const taxModes = [
  { value: 'exclusive', label: 'Added to prices' },
  { value: 'inclusive', label: 'In the prices' },
] as const

const taxRoundings = [
  { value: 'line', label: 'On each line' },
  { value: 'order', label: 'Once per order' },
] as const

const samplePriceMinor = 450
const changedClass = 'rounded-key border border-rule bg-fill px-3 py-2 text-sm'

function PricingFields({ form: { draft, change }, before }: FieldsProps & { before: Store }) {
  const { locale } = useLocale()
  const titleId = useId()
  const { currency } = before.pricing
  const sample = formatMoney(samplePriceMinor, currency.code, currency.exponent, locale)
  const isChanged = changesPricing(draft, before)
  return (
    <section className="grid gap-4 border-y border-rule py-5" aria-labelledby={titleId}>
      <div className="grid gap-1">
        <h3 id={titleId} className="font-label">
          Tax and rounding
        </h3>
        <p role="status" className={isChanged ? changedClass : 'text-sm text-ink-2'}>
          {isChanged && <b className="font-label">Changed. </b>}
          What is sold never changes: prices, tax and receipt stay. A change holds for what is paid from then
          on, at each register as soon as it has heard of it; open and parked orders too.
        </p>
      </div>
      <div className="grid gap-1.5">
        <span className="field-label">Tax is</span>
        <SegmentedTabs
          label="Tax is"
          value={draft.taxMode}
          options={taxModes}
          className="max-tablet:flex"
          onChange={(taxMode) => change({ taxMode })}
        />
        <span className="field-hint">
          {draft.taxMode === 'exclusive'
            ? `What is priced ${sample} costs ${sample} plus tax.`
            : `What is priced ${sample} costs ${sample}; the tax is part of it.`}
        </span>
      </div>
      <div className="grid gap-1.5">
        <span className="field-label">Tax is rounded</span>
        <SegmentedTabs
          label="Tax is rounded"
          value={draft.taxRounding}
          options={taxRoundings}
          className="max-tablet:flex"
          onChange={(taxRounding) => change({ taxRounding })}
        />
      </div>
      <Select
        label="What is paid in cash"
        value={String(draft.cashRoundingMinor)}
        options={roundingOptions(currency, locale)}
        hint="To the smallest coin that people have. Cards pay the exact amount."
        onChange={(step) => change({ cashRoundingMinor: Number(step) })}
      />
    </section>
  )
}
