import { Link } from '@tanstack/react-router'
import { Package, SearchX } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { device } from '../../app/device.ts'
import { useServedRows } from '../../app/use-served-rows.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { newId } from '../../app/till/new-id.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { ProductQuery, SaleState } from '../../worker/api-lists.ts'
import { newItem } from './catalogue-place.ts'
import { newProduct, ProductSheet } from './product-sheet.tsx'
import { ProductsTable } from './products-table.tsx'
import { countOf } from './record-list.tsx'
import type { TabProps } from './tab.ts'

const everything = { categoryId: null, saleState: 'all' } as const satisfies Partial<ProductQuery>
const byName = { key: 'name', descending: false } as const satisfies ProductQuery['order']

const saleStates: readonly { readonly value: SaleState; readonly label: string }[] = [
  { value: 'all', label: 'On sale or not' },
  { value: 'on-sale', label: 'On sale' },
  { value: 'off-sale', label: 'Not on sale' },
]

const listProducts = (query: ProductQuery, offset: number, limit: number) =>
  device.listProducts(query, offset, limit)

export function ProductsTab({ item, onOpen, ...rest }: TabProps) {
  const { catalogue, summary, format, readOnlyReason, onClose } = rest
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<Pick<ProductQuery, 'categoryId' | 'saleState'>>(everything)
  const [order, setOrder] = useState<ProductQuery['order']>(byName)
  const products = useServedRows(
    'catalogue',
    'products',
    { text: text.trim(), ...filter, order, locale },
    listProducts,
  )
  /** What a scanner reads opens before the list has caught up with it. */
  const openFound = async () => {
    const scanned = await device.findByBarcode(text.trim())
    const only = products?.total === 1 ? products.rowAt(0) : undefined
    const productId = scanned?.product.productId ?? only?.productId
    if (productId !== undefined) onOpen(productId)
  }
  const clear = () => {
    setText('')
    setFilter(everything)
  }
  if (summary.total === 0 && item === null)
    return (
      <section className="pane">
        <EmptyState
          icon={<Icon of={Package} size={24} />}
          title="No products yet"
          text="Add the first one, or bring them from another system."
          action={
            readOnlyReason !== null ? undefined : (
              <Link to="/import" className={keyClass('rest', 'small')}>
                Import
              </Link>
            )
          }
        />
      </section>
    )
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField text={text} onChange={setText} onEnter={() => void openFound()} />
        <Select
          look="key"
          size="touch"
          label="Category"
          value={filter.categoryId ?? 'all'}
          options={[
            { value: 'all', label: 'All categories' },
            ...catalogue.categories.map(({ categoryId, name }) => ({ value: categoryId, label: name })),
            { value: '', label: 'No category' },
          ]}
          onChange={(value) => setFilter({ ...filter, categoryId: value === 'all' ? null : value })}
        />
        <Select
          look="key"
          size="touch"
          label="On sale or not"
          value={filter.saleState}
          options={saleStates}
          onChange={(saleState) => setFilter({ ...filter, saleState })}
        />
        <p className="text-sm text-ink-2" role="status">
          {products && countOf(products.total, 'product', locale)}
        </p>
      </div>
      {products === null ? (
        <section className="pane">
          <LoadingState />
        </section>
      ) : products.total === 0 ? (
        <section className="pane">
          <EmptyState
            icon={<Icon of={SearchX} size={24} />}
            title={text.trim() === '' ? 'No product is like that' : `Nothing is called “${text.trim()}”`}
            text="Names, SKUs and barcodes are looked through."
            action={
              <Key size="small" onPress={clear}>
                Show all
              </Key>
            }
          />
        </section>
      ) : (
        <ProductsTable
          products={products}
          order={order}
          onSort={setOrder}
          catalogue={catalogue}
          format={format}
          onOpen={onOpen}
        />
      )}
      {item === newItem && <NewProduct categoryId={filter.categoryId || null} {...rest} />}
      {item !== null && item !== newItem && (
        <RecordOpener key={item} kind="product" id={item} noun="product" onClose={onClose}>
          {(opened, latest) => (
            <ProductSheet id={item} start={{ kind: 'opened', opened }} latest={latest} {...rest} />
          )}
        </RecordOpener>
      )}
    </>
  )
}

/** A scanner types the digits and Enter: what was found opens. */
function SearchField({
  text,
  onChange,
  onEnter,
}: {
  text: string
  onChange: (text: string) => void
  onEnter: () => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select')
      if (event.key !== '/' || isTyping || document.querySelector('dialog[open]')) return
      event.preventDefault()
      input.current?.focus()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    // The rest of the press would go to what has the focus then.
    event.preventDefault()
    onEnter()
  }
  return (
    <Field
      type="search"
      label="Search products"
      hideLabel
      placeholder="Name, SKU or barcode"
      value={text}
      inputRef={input}
      autoComplete="off"
      className="w-full tablet:w-72"
      onKeyDown={pressKey}
      onChange={onChange}
    />
  )
}

function NewProduct({
  categoryId,
  ...rest
}: Omit<TabProps, 'item' | 'onOpen'> & { categoryId: string | null }) {
  const [start] = useState(() => newProduct(newId(), newId(), rest.summary.usualTaxClassId, categoryId))
  return <ProductSheet id={start.doc.productId} start={start} latest={null} {...rest} />
}
