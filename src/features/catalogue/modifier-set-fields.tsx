import { Plus, Trash2 } from 'lucide-react'
import { mostNameLength } from '../../app/editing/draft.ts'
import type { RecordForm } from '../../app/editing/use-record-form.ts'
import { newId } from '../../app/till/new-id.ts'
import { Field, FieldNote } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import type { ModifierDraft, ModifierSetDraft } from './modifier-set-draft.ts'
import { PriceField } from './price-field.tsx'
import type { PriceFormat } from './price-text.ts'

const mostOfAny = 99

export function ModifierSetFields({
  form,
  format,
}: {
  form: RecordForm<ModifierSetDraft>
  format: PriceFormat
}) {
  const { draft, errors, change } = form
  const { modifiers, leastChoices, mostChoices } = draft
  const changeModifier = (id: string, part: Partial<ModifierDraft>) =>
    change({ modifiers: modifiers.map((each) => (each.id === id ? { ...each, ...part } : each)) })
  return (
    <>
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        maxLength={mostNameLength}
        autoComplete="off"
        placeholder="Milk"
        data-autofocus={form.isNew || undefined}
        onChange={(name) => change({ name })}
      />
      <div className="grid gap-2">
        <div className="flex flex-wrap gap-x-8 gap-y-4">
          <Count
            label="Least choices"
            value={leastChoices}
            onChange={(least) => change({ leastChoices: least, mostChoices: Math.max(least, mostChoices) })}
          />
          <Count
            label="Most choices"
            value={mostChoices}
            least={1}
            onChange={(most) => change({ mostChoices: most, leastChoices: Math.min(leastChoices, most) })}
          />
        </div>
        <FieldNote
          id="choices-note"
          error={errors['mostChoices']}
          hint={
            leastChoices === 0
              ? 'The till adds the product at once; options can be chosen after.'
              : 'The till asks before it adds the product.'
          }
        />
      </div>
      <section aria-label="Choices" className="grid gap-3">
        {modifiers.map((modifier) => (
          <fieldset
            key={modifier.id}
            className="grid min-w-0 grid-cols-[minmax(0,1fr)_6rem_auto] tablet:grid-cols-[minmax(0,1fr)_9rem_auto] gap-2"
          >
            <legend className="sr-only">Choice {modifier.name}</legend>
            <Field
              label="Choice"
              value={modifier.name}
              error={errors[`modifiers.${modifier.id}.name`]}
              maxLength={mostNameLength}
              autoComplete="off"
              onChange={(name) => changeModifier(modifier.id, { name })}
            />
            <PriceField
              label="Extra price"
              isNarrow
              text={modifier.price}
              error={errors[`modifiers.${modifier.id}.price`]}
              format={format}
              onChange={(price) => changeModifier(modifier.id, { price })}
            />
            <Key
              variant="flat"
              square
              className="mt-6.5"
              label={`Remove ${modifier.name || 'this choice'}`}
              icon={<Icon of={Trash2} />}
              onPress={() => change({ modifiers: modifiers.filter(({ id }) => id !== modifier.id) })}
            />
          </fieldset>
        ))}
        {errors['modifiers'] && <FieldNote id="modifiers-note" error={errors['modifiers']} />}
        <Key
          size="small"
          className="justify-self-start"
          icon={<Icon of={Plus} size={16} />}
          onPress={() => change({ modifiers: [...modifiers, { id: newId(), name: '', price: '' }] })}
        >
          Add choice
        </Key>
      </section>
    </>
  )
}

function Count({
  label,
  value,
  least = 0,
  onChange,
}: {
  label: string
  value: number
  least?: number
  onChange: (value: number) => void
}) {
  return (
    <div className="grid gap-1.5">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      <Stepper label={label} value={value} min={least} max={mostOfAny} onChange={onChange} />
    </div>
  )
}
