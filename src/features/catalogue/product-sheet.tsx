import { useMemo } from 'react'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type NewRecord, type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import { useLocale } from '../../ui/locale.tsx'
import type { ShopRecords } from '../../worker/api-lists.ts'
import type { PriceFormat } from './price-text.ts'
import {
  draftOfProduct,
  emptyVariant,
  type ProductDraft,
  productFieldWords,
  productOfDraft,
} from './product-draft.ts'
import { type ProductChoices, ProductFields } from './product-fields.tsx'
import { byName } from './record-list.tsx'
import type { OfRecord, TabProps } from './tab.ts'

export function ProductSheet({
  id,
  start,
  latest,
  catalogue,
  summary,
  format,
  ...sheet
}: OfRecord<'product', ProductDraft> & Pick<TabProps, 'catalogue' | 'summary' | 'format'>) {
  const { locale } = useLocale()
  const rules = useMemo(() => productRules(catalogue, format), [catalogue, format])
  const form = useRecordForm(rules, id, start, latest)
  const { nextFavourite } = summary
  const choices = useMemo(
    () => ({ ...productChoices(catalogue, format, locale), nextFavourite }),
    [catalogue, format, locale, nextFavourite],
  )
  const { name, picture } = start.kind === 'new' ? start.doc : start.opened.doc
  return (
    <RecordSheet
      form={form}
      noun="product"
      title={form.isNew ? 'New product' : name}
      deleting={{
        title: `Delete ${name}?`,
        text: (
          <>
            <p>It leaves every register. Past sales, receipts and figures keep it.</p>
            <p>To stop selling it for a while, take “On sale” off instead.</p>
          </>
        ),
      }}
      {...sheet}
    >
      <ProductFields productId={id} picture={picture} form={form} choices={choices} />
    </RecordSheet>
  )
}

/** A new product: in the category that was looked at, with the tax that most products have. */
export function newProduct(
  productId: string,
  variantId: string,
  taxClassId: string | null,
  categoryId: string | null,
): NewRecord<'product', ProductDraft> {
  const common = { name: '', isStockTracked: false, favouritePosition: null, isActive: true } as const
  return {
    kind: 'new',
    doc: { ...common, productId, categoryId, taxClassId, variants: [], modifierSetIds: [], picture: null },
    draft: {
      ...common,
      categoryId: categoryId ?? '',
      taxClassId: taxClassId ?? '',
      variants: [emptyVariant(variantId)],
      modifierSetIds: [],
    },
  }
}

function productRules(catalogue: ShopRecords, format: PriceFormat): RecordRules<'product', ProductDraft> {
  const categoryIds = new Set(catalogue.categories.map(({ categoryId }) => categoryId))
  return {
    kind: 'product',
    draftOf: (product) => draftOfProduct(product, format, categoryIds),
    docOf: (draft, before) => productOfDraft(draft, before, format),
    wordsOf: productFieldWords,
  }
}

function productChoices(
  catalogue: ShopRecords,
  format: PriceFormat,
  locale: string,
): Omit<ProductChoices, 'nextFavourite'> {
  return {
    format,
    categories: catalogue.categories,
    taxClasses: catalogue.taxClasses.toSorted(byName(locale)),
    modifierSets: catalogue.modifierSets.toSorted(byName(locale)),
  }
}
