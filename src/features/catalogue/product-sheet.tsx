import { useMemo } from 'react'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type NewRecord, type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import { useLocale } from '../../ui/locale.tsx'
import type { Catalogue } from '../../worker/api-selling.ts'
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
  format,
  ...sheet
}: OfRecord<'product', ProductDraft> & Pick<TabProps, 'catalogue' | 'format'>) {
  const { locale } = useLocale()
  const rules = useMemo(() => productRules(catalogue, format), [catalogue, format])
  const form = useRecordForm(rules, id, start, latest)
  const choices = useMemo(() => productChoices(catalogue, format, locale), [catalogue, format, locale])
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
  catalogue: Catalogue,
  categoryId: string | null,
): NewRecord<'product', ProductDraft> {
  const taxClassId = usualTaxClassId(catalogue)
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

function productRules(catalogue: Catalogue, format: PriceFormat): RecordRules<'product', ProductDraft> {
  const categoryIds = new Set(catalogue.categories.map(({ categoryId }) => categoryId))
  return {
    kind: 'product',
    draftOf: (product) => draftOfProduct(product, format, categoryIds),
    docOf: (draft, before) => productOfDraft(draft, before, format),
    wordsOf: productFieldWords,
  }
}

function productChoices(catalogue: Catalogue, format: PriceFormat, locale: string): ProductChoices {
  const places = catalogue.products.map(({ favouritePosition }) => favouritePosition ?? -1)
  return {
    format,
    categories: catalogue.categories,
    taxClasses: catalogue.taxClasses.toSorted(byName(locale)),
    modifierSets: catalogue.modifierSets.toSorted(byName(locale)),
    nextFavourite: places.reduce((most, place) => Math.max(most, place), -1) + 1,
  }
}

function usualTaxClassId({ products, taxClasses }: Catalogue): string | null {
  const counts = new Map(taxClasses.map(({ taxClassId }) => [taxClassId, 0]))
  for (const { taxClassId } of products) {
    const count = taxClassId === null ? undefined : counts.get(taxClassId)
    if (count !== undefined) counts.set(taxClassId!, count + 1)
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one)
  return most?.[0] ?? null
}
