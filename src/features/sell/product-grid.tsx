import { memo } from 'react'
import type { ReactNode } from 'react'
import type { Category, Product } from '#domain/catalogue.ts'
import type { Currency } from '#domain/currency.ts'
import { priceSpan } from '#domain/price-span.ts'
import { moveFocusByArrow } from '../../app/till/arrow-focus.ts'
import { quantityText } from '../../app/till/order-words.ts'
import { formatMoney } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import { Picture } from '../../ui/picture.tsx'
import { Tile } from '../../ui/tile.tsx'
import { useGrowingCount } from '../../ui/use-growing-count.ts'

/** Tiles drawn at first and added with each stretch of scrolling; a screen holds thirty. */
const TILES_AT_ONCE = 120

export interface ProductEntry {
  readonly product: Product
  /** A search hit may mean one variant; otherwise null. */
  readonly variantId: string | null
}

export interface ProductGridProps {
  entries: readonly ProductEntry[]
  categories: ReadonlyMap<string, Category>
  /** Thousandths in the order, by product. */
  counts: ReadonlyMap<string, number>
  currency: Currency
  onPick: (productId: string, variantId: string | null) => void
  /** Shown in place of tiles when there are none. */
  empty: ReactNode
}

export function ProductGrid({ entries, categories, counts, currency, onPick, empty }: ProductGridProps) {
  const { shown, sentinel } = useGrowingCount(entries, TILES_AT_ONCE)
  if (entries.length === 0) return <main className="till-grid-empty">{empty}</main>
  return (
    <main className="till-grid" aria-label="Products" onKeyDown={moveFocusByArrow}>
      {entries.slice(0, shown).map(({ product, variantId }) => (
        <ProductTile
          key={`${product.productId} ${variantId ?? ''}`}
          product={product}
          variantId={variantId}
          category={categories.get(product.categoryId ?? '') ?? null}
          countMilli={counts.get(product.productId) ?? 0}
          currency={currency}
          onPick={onPick}
        />
      ))}
      {shown < entries.length && <i ref={sentinel} aria-hidden="true" />}
    </main>
  )
}

interface ProductTileProps {
  product: Product
  variantId: string | null
  category: Category | null
  countMilli: number
  currency: Currency
  onPick: (productId: string, variantId: string | null) => void
}

const ProductTile = memo(function ProductTile(props: ProductTileProps) {
  const { product, variantId, category, countMilli, currency, onPick } = props
  const { locale } = useLocale()
  const variant = product.variants.find((one) => one.variantId === variantId)
  const { leastMinor, mostMinor } = variant
    ? { leastMinor: variant.priceMinor, mostMinor: variant.priceMinor }
    : priceSpan(product)
  const price = formatMoney(leastMinor, currency.code, currency.exponent, locale, { symbol: false })
  const isRange = leastMinor !== mostMinor
  const title = unbrokenUnits(variant?.name ? `${product.name}, ${variant.name}` : product.name)
  return (
    <Tile
      title={title}
      tint={category?.tint ?? 3}
      start={
        <span className="figure light">
          {isRange && <span className="tile-from">from </span>}
          {price}
        </span>
      }
      end={
        product.picture &&
        hasRoomForPicture(title, price, isRange) && <Picture path={product.picture} size={48} />
      }
      corner={countMilli === 0 ? undefined : quantityText(countMilli, locale)}
      onPress={() => onPick(product.productId, variantId)}
    />
  )
})

/** "French press, 1 l" never breaks between 1 and l. */
function unbrokenUnits(title: string): string {
  return title.replace(/(?<=\d) (?=(?:%|\p{L}{1,2})(?!\p{L}))/gu, '\u00a0')
}

/** Name and price come first: a picture is left out where it would lie over them. */
function hasRoomForPicture(title: string, price: string, isRange: boolean): boolean {
  return title.length <= 22 && price.length + (isRange ? 4 : 0) <= 9
}
