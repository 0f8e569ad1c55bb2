import { Trash2 } from 'lucide-react'
import { type FieldErrors, mostNameLength } from '../../app/editing/draft.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { BarcodeField } from './barcode-field.tsx'
import { PriceField } from './price-field.tsx'
import type { PriceFormat } from './price-text.ts'
import type { VariantDraft } from './product-draft.ts'

/** One variant. Where it is the only one, the product's own name is enough. */
export function VariantFields({
  productId,
  variant,
  isOnly,
  errors,
  format,
  onChange,
  onRemove,
}: {
  productId: string
  variant: VariantDraft
  isOnly: boolean
  errors: FieldErrors
  format: PriceFormat
  onChange: (part: Partial<VariantDraft>) => void
  onRemove: () => void
}) {
  const errorOf = (field: string) => errors[`variants.${variant.id}.${field}`]
  const isNamed = !isOnly || variant.name !== ''
  const name = variant.name || 'this variant'
  return (
    <fieldset className="grid min-w-0 grid-cols-2 gap-x-4 gap-y-3 rounded-pane border border-rule p-4">
      <legend className="sr-only">{isNamed ? `Variant ${variant.name}` : 'Price'}</legend>
      {isNamed && (
        <div className="col-span-2 flex items-start gap-2">
          <Field
            label="Variant"
            className="flex-1"
            value={variant.name}
            error={errorOf('name')}
            maxLength={mostNameLength}
            autoComplete="off"
            placeholder="Large"
            onChange={(text) => onChange({ name: text })}
          />
          {!isOnly && (
            <Key
              variant="flat"
              square
              className="mt-6.5"
              label={`Remove ${name}`}
              icon={<Icon of={Trash2} />}
              onPress={onRemove}
            />
          )}
        </div>
      )}
      <PriceField
        label="Price"
        text={variant.price}
        error={errorOf('price')}
        format={format}
        onChange={(price) => onChange({ price })}
      />
      <Field
        label="SKU"
        value={variant.sku}
        maxLength={mostNameLength}
        autoComplete="off"
        onChange={(sku) => onChange({ sku })}
      />
      <BarcodeField
        productId={productId}
        barcodes={variant.barcodes}
        next={variant.nextBarcode}
        error={errorOf('barcodes')}
        onChange={onChange}
      />
    </fieldset>
  )
}
