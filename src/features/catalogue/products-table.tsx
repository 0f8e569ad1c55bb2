import { useMemo } from 'react'
import type { Category, Product, TaxClass } from '#domain/catalogue.ts'
import { priceSpan } from '#domain/price-span.ts'
import { PHONE, useMedia } from '../../app/till/use-media.ts'
import { Amount } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { type ServedRows, ServedTable } from '../../ui/served-table.tsx'
import type { TableColumn } from '../../ui/table.tsx'
import type { ProductQuery, ProductSortKey, ShopRecords } from '../../worker/api-lists.ts'
import { CategoryMark } from './category-mark.tsx'
import type { PriceFormat } from './price-text.ts'

const WIDE = '(min-width: 64rem)'

/** A table on tablets and laptops; on phones a list of names and prices. */
export function ProductsTable({
  products,
  order,
  onSort,
  catalogue,
  format,
  onOpen,
}: {
  products: ServedRows<Product>
  order: ProductQuery['order']
  onSort: (order: ProductQuery['order']) => void
  catalogue: ShopRecords
  format: PriceFormat
  onOpen: (productId: string) => void
}) {
  const isPhone = useMedia(PHONE)
  const isWide = useMedia(WIDE)
  const columns = useMemo(() => {
    const all = productColumns(catalogue, format)
    if (isPhone) return [all.phone, { ...all.price, width: '7.5rem' }]
    return isWide
      ? [all.name, all.category, all.sku, all.tax, all.variants, all.price, all.state]
      : [all.name, all.category, all.price, all.state]
  }, [catalogue, format, isPhone, isWide])
  return (
    <ServedTable
      label="Products"
      columns={columns}
      rows={products}
      rowKey={({ productId }) => productId}
      order={order}
      onSort={({ key, descending }) => onSort({ key: key as ProductSortKey, descending })}
      onRowPress={({ productId }) => onOpen(productId)}
      className="max-h-[max(20rem,calc(100dvh-22.5rem))] rounded-pane border border-rule bg-surface tablet:max-h-[calc(100dvh-13.75rem)]"
    />
  )
}

function productColumns(catalogue: ShopRecords, format: PriceFormat) {
  const categories = new Map(catalogue.categories.map((each) => [each.categoryId, each]))
  const taxes = new Map(catalogue.taxClasses.map((each) => [each.taxClassId, each]))
  const categoryOf = ({ categoryId }: Product): Category | null => categories.get(categoryId ?? '') ?? null
  const taxOf = ({ taxClassId }: Product): TaxClass | null => taxes.get(taxClassId ?? '') ?? null
  const skuOf = ({ variants }: Product): string | null =>
    variants.find(({ sku }) => sku !== null)?.sku ?? null
  return {
    phone: {
      key: 'name',
      header: 'Name',
      cell: (product) => <PhoneName product={product} category={categoryOf(product)} />,
      sorts: true,
    },
    name: {
      key: 'name',
      header: 'Name',
      cell: ({ name }) => <span>{name}</span>,
      sorts: true,
      wraps: true,
      width: '28%',
    },
    category: {
      key: 'category',
      header: 'Category',
      cell: (product) => <CategoryName category={categoryOf(product)} />,
      sorts: true,
    },
    sku: { key: 'sku', header: 'SKU', cell: skuOf, sorts: true, unbroken: true },
    tax: {
      key: 'tax',
      header: 'Tax',
      cell: (product) => <span>{taxOf(product)?.name ?? '–'}</span>,
      sorts: true,
      wraps: true,
    },
    variants: {
      key: 'variants',
      header: 'Variants',
      cell: ({ variants }) => (variants.length === 1 ? '' : variants.length),
      sorts: true,
      align: 'end',
      width: '6rem',
    },
    price: {
      key: 'price',
      header: 'Price',
      cell: (product) => <Price product={product} format={format} />,
      sorts: true,
      align: 'end',
      width: '9rem',
    },
    state: {
      key: 'state',
      header: 'At the till',
      cell: (product) => <State product={product} />,
      sorts: true,
      width: '8rem',
    },
  } as const satisfies Record<string, TableColumn<Product>>
}

function CategoryName({ category }: { category: Category | null }) {
  if (category === null) return <span className="text-ink-2">None</span>
  return (
    <span className="flex min-w-0 items-center gap-2">
      <CategoryMark category={category} className="size-6 [&_svg]:size-4" />
      <span className="truncate">{category.name}</span>
    </span>
  )
}

function PhoneName({ product, category }: { product: Product; category: Category | null }) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <CategoryMark category={category ?? { tint: 1, icon: 'package' }} className="size-8" />
      <span className="grid min-w-0 leading-tight">
        <span className={product.isActive ? 'line-clamp-2 whitespace-normal' : 'truncate text-ink-2'}>
          {product.name}
        </span>
        {category !== null && <span className="sr-only">, {category.name}</span>}
        {!product.isActive && <small className="truncate text-xs text-ink-2">Not on sale</small>}
      </span>
    </span>
  )
}

function Price({ product, format }: { product: Product; format: PriceFormat }) {
  const { locale } = useLocale()
  const { leastMinor, mostMinor } = priceSpan(product)
  const amount = (minor: number) => (
    <Amount minor={minor} currency={format.code} exponent={format.exponent} symbol={false} />
  )
  if (product.variants.length === 0) return null
  if (leastMinor === mostMinor) return amount(leastMinor)
  return (
    <span dir="ltr" lang={locale}>
      {amount(leastMinor)} – {amount(mostMinor)}
    </span>
  )
}

function State({ product }: { product: Product }) {
  if (!product.isActive) return <Badge>Not on sale</Badge>
  return product.favouritePosition === null ? 'On sale' : <Badge tone="ok">Favorite</Badge>
}
