import { Plus, Trash2 } from 'lucide-react'
import { mostNameLength } from '../../app/editing/draft.ts'
import type { RecordForm } from '../../app/editing/use-record-form.ts'
import { newId } from '../../app/till/new-id.ts'
import { CheckRow } from '../../ui/check-row.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { rateText, readRate } from './rate-text.ts'
import type { TaxClassDraft, TaxRateDraft } from './tax-class-draft.ts'

export function TaxClassFields({ form }: { form: RecordForm<TaxClassDraft> }) {
  const { draft, errors, change } = form
  const { taxRates } = draft
  const changeRate = (id: string, part: Partial<TaxRateDraft>) =>
    change({ taxRates: taxRates.map((each) => (each.id === id ? { ...each, ...part } : each)) })
  return (
    <>
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        maxLength={mostNameLength}
        autoComplete="off"
        hint="What products are filed under, such as “Prepared food”."
        data-autofocus={form.isNew || undefined}
        onChange={(name) => change({ name })}
      />
      <section aria-label="Rates" className="grid gap-3">
        {taxRates.length === 0 && (
          <p className="text-sm text-ink-2">No rates: products of this tax are sold without tax.</p>
        )}
        {taxRates.map((rate, index) => (
          <RateFields
            key={rate.id}
            rate={rate}
            isFirst={index === 0}
            errorOf={(field) => errors[`taxRates.${rate.id}.${field}`]}
            onChange={(part) => changeRate(rate.id, part)}
            onRemove={() => change({ taxRates: taxRates.filter(({ id }) => id !== rate.id) })}
          />
        ))}
        <Key
          size="small"
          className="justify-self-start"
          icon={<Icon of={Plus} size={16} />}
          onPress={() =>
            change({ taxRates: [...taxRates, { id: newId(), name: '', rate: '', isCompound: false }] })
          }
        >
          Add rate
        </Key>
      </section>
      <p className="text-sm text-ink-2">
        Sales use it from the moment a register has it. What was sold keeps its tax.
      </p>
    </>
  )
}

function RateFields({
  rate,
  isFirst,
  errorOf,
  onChange,
  onRemove,
}: {
  rate: TaxRateDraft
  isFirst: boolean
  errorOf: (field: string) => string | undefined
  onChange: (part: Partial<TaxRateDraft>) => void
  onRemove: () => void
}) {
  const { locale } = useLocale()
  const write = () => {
    const read = readRate(rate.rate)
    const written = read === null ? rate.rate : rateText(read, locale)
    if (written !== rate.rate) onChange({ rate: written })
  }
  return (
    <fieldset className="grid min-w-0 grid-cols-[minmax(0,1fr)_6rem_auto] tablet:grid-cols-[minmax(0,1fr)_8rem_auto] gap-x-2 rounded-pane border border-rule p-4">
      <legend className="sr-only">Rate {rate.name}</legend>
      <Field
        label="Tax"
        value={rate.name}
        error={errorOf('name')}
        maxLength={mostNameLength}
        autoComplete="off"
        placeholder="State tax"
        onChange={(name) => onChange({ name })}
      />
      <Field
        label="Rate"
        value={rate.rate}
        error={errorOf('rate')}
        inputMode="decimal"
        autoComplete="off"
        className="[&_input]:text-end [&_input]:tabular-nums"
        end={<span className="text-sm text-ink-2">%</span>}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={write}
        onChange={(text) => onChange({ rate: text })}
      />
      <Key
        variant="flat"
        square
        className="mt-6.5"
        label={`Remove ${rate.name || 'this rate'}`}
        icon={<Icon of={Trash2} />}
        onPress={onRemove}
      />
      {(!isFirst || rate.isCompound) && (
        <div className="col-span-3 mt-2">
          <CheckRow
            label="Charged on the other taxes too"
            note="On the price with all rates above it."
            isOn={rate.isCompound}
            onChange={(isCompound) => onChange({ isCompound })}
          />
        </div>
      )}
    </fieldset>
  )
}
