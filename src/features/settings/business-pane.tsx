import { Pencil } from 'lucide-react'
import type { Business } from '#domain/catalogue.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import { useNow } from '../../app/till/use-now.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import { Select } from '../../ui/select.tsx'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { type BusinessDraft, businessFieldWords, businessOfDraft, draftOfBusiness } from './business-draft.ts'
import { localeName, localeOptions, localeSample } from './locale-options.ts'
import type { Shop } from './use-shop.ts'

type BusinessProps = Pick<Shop, 'businessId' | 'currency' | 'rights' | 'place'>

/** The name above all stores, and how figures and dates are written everywhere. */
export function BusinessPane({ business, ...props }: BusinessProps & { business: Business }) {
  const { businessId, currency, rights, place } = props
  const { locale } = useLocale()
  const nowMs = useNow(60_000)
  const reason = rights.reason('business', 'the business')
  return (
    <Pane
      title="Business"
      action={
        <Key size="small" icon={<Icon of={Pencil} size={16} />} onPress={() => place.open(businessId)}>
          {reason === null ? 'Edit' : 'View'}
        </Key>
      }
    >
      <p className="font-label break-words">
        <bdi>{business.name}</bdi>
      </p>
      <p className="text-sm text-ink-2">
        {localeName(business.locale, locale)}: <bdi>{localeSample(business.locale, nowMs, currency)}</bdi>
      </p>
      {place.item === businessId && (
        <RecordOpener kind="business" id={businessId} noun="business" onClose={place.close}>
          {(opened, latest) => <BusinessSheet opened={opened} latest={latest} {...props} />}
        </RecordOpener>
      )}
    </Pane>
  )
}

const rules: RecordRules<'business', BusinessDraft> = {
  kind: 'business',
  draftOf: draftOfBusiness,
  docOf: businessOfDraft,
  wordsOf: businessFieldWords,
}

function BusinessSheet({
  businessId,
  currency,
  rights,
  place,
  opened,
  latest,
}: BusinessProps & { opened: OpenedRecord<'business'>; latest: OpenedRecord<'business'> | null }) {
  const { locale } = useLocale()
  const nowMs = useNow(60_000)
  const form = useRecordForm(rules, businessId, { kind: 'opened', opened }, latest)
  const { draft, errors, change } = form
  return (
    <RecordSheet
      form={form}
      noun="business"
      title="Business"
      readOnlyReason={rights.reason('business', 'the business')}
      onClose={place.close}
      onDone={place.closeAtOnce}
    >
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        autoComplete="organization"
        hint="Stands on receipts."
        onChange={(name) => change({ name })}
      />
      <Select
        label="Figures and dates"
        value={draft.locale}
        options={localeOptions(locale, [opened.doc.locale, draft.locale])}
        hint={
          <>
            On receipts, at the till and in the office:{' '}
            <bdi>{localeSample(draft.locale, nowMs, currency)}</bdi>
          </>
        }
        onChange={(chosen) => change({ locale: chosen })}
      />
    </RecordSheet>
  )
}
