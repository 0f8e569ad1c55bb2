import { Plus } from 'lucide-react'
import type { Category, ModifierSet, TaxClass } from '#domain/catalogue.ts'
import { mostNameLength } from '../../app/editing/draft.ts'
import type { RecordForm } from '../../app/editing/use-record-form.ts'
import { newId } from '../../app/till/new-id.ts'
import { CheckRow } from '../../ui/check-row.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Picture } from '../../ui/picture.tsx'
import { Select } from '../../ui/select.tsx'
import type { PriceFormat } from './price-text.ts'
import { emptyVariant, type ProductDraft, type VariantDraft } from './product-draft.ts'
import { VariantFields } from './variant-fields.tsx'

/** What a product's form has to choose from. */
export type ProductChoices = {
  readonly format: PriceFormat
  readonly categories: readonly Category[]
  readonly taxClasses: readonly TaxClass[]
  readonly modifierSets: readonly ModifierSet[]
  /** The first free place among the favorites. */
  readonly nextFavourite: number
}

export function ProductFields({
  productId,
  picture,
  form,
  choices,
}: {
  productId: string
  picture: string | null
  form: RecordForm<ProductDraft>
  choices: ProductChoices
}) {
  const { draft, errors, change } = form
  return (
    <>
      <div className="flex items-start gap-4">
        {picture !== null && (
          <span className="mt-6.5 overflow-hidden rounded-m">
            <Picture path={picture} size={48} />
          </span>
        )}
        <Field
          label="Name"
          className="flex-1"
          value={draft.name}
          error={errors['name']}
          maxLength={mostNameLength}
          autoComplete="off"
          data-autofocus={form.isNew || undefined}
          onChange={(name) => change({ name })}
        />
      </div>
      <div className="grid gap-4 tablet:grid-cols-2">
        <Select
          label="Category"
          value={draft.categoryId}
          options={[
            ...choices.categories.map(({ categoryId, name }) => ({ value: categoryId, label: name })),
            { value: '', label: 'No category' },
          ]}
          onChange={(categoryId) => change({ categoryId })}
        />
        <Select
          label="Tax"
          value={draft.taxClassId}
          options={taxOptions(choices.taxClasses, draft.taxClassId)}
          onChange={(taxClassId) => change({ taxClassId })}
        />
      </div>
      <Variants productId={productId} form={form} format={choices.format} />
      {choices.modifierSets.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-label">Options</legend>
          <div className="grid gap-x-4 tablet:grid-cols-2">
            {choices.modifierSets.map(({ modifierSetId, name }) => (
              <CheckRow
                key={modifierSetId}
                label={name}
                isOn={draft.modifierSetIds.includes(modifierSetId)}
                onChange={(isOn) => change({ modifierSetIds: toggled(draft, modifierSetId, isOn) })}
              />
            ))}
          </div>
        </fieldset>
      )}
      <fieldset className="min-w-0">
        <legend className="mb-1 text-sm font-label">At the till</legend>
        <CheckRow
          label="On sale"
          note="Off: it is kept here, and no register shows it."
          isOn={draft.isActive}
          onChange={(isActive) => change({ isActive })}
        />
        <CheckRow
          label="Favorite"
          note="Stands on the till’s first page."
          isOn={draft.favouritePosition !== null}
          onChange={(isOn) => change({ favouritePosition: isOn ? choices.nextFavourite : null })}
        />
        <CheckRow
          label="Count the stock"
          note="Selling takes it off what is there."
          isOn={draft.isStockTracked}
          onChange={(isStockTracked) => change({ isStockTracked })}
        />
      </fieldset>
    </>
  )
}

function Variants({
  productId,
  form,
  format,
}: {
  productId: string
  form: RecordForm<ProductDraft>
  format: PriceFormat
}) {
  const { draft, errors, change } = form
  const { variants } = draft
  const changeVariant = (id: string, part: Partial<VariantDraft>) =>
    change({ variants: variants.map((each) => (each.id === id ? { ...each, ...part } : each)) })
  return (
    <section aria-label="Prices" className="grid gap-3">
      {variants.map((variant) => (
        <VariantFields
          key={variant.id}
          productId={productId}
          variant={variant}
          isOnly={variants.length === 1}
          errors={errors}
          format={format}
          onChange={(part) => changeVariant(variant.id, part)}
          onRemove={() => change({ variants: variants.filter(({ id }) => id !== variant.id) })}
        />
      ))}
      <Key
        size="small"
        className="justify-self-start"
        icon={<Icon of={Plus} size={16} />}
        onPress={() => change({ variants: [...variants, emptyVariant(newId())] })}
      >
        Add variant
      </Key>
    </section>
  )
}

/** A tax that is gone can't be kept: another one has to be chosen. */
function taxOptions(taxClasses: readonly TaxClass[], chosenId: string) {
  const isGone = chosenId !== '' && !taxClasses.some(({ taxClassId }) => taxClassId === chosenId)
  return [
    ...taxClasses.map(({ taxClassId, name }) => ({ value: taxClassId, label: name })),
    { value: '', label: 'No tax' },
    ...(isGone ? [{ value: chosenId, label: 'Deleted: choose another' }] : []),
  ]
}

function toggled({ modifierSetIds }: ProductDraft, id: string, isOn: boolean): readonly string[] {
  return isOn ? [...modifierSetIds, id] : modifierSetIds.filter((each) => each !== id)
}
