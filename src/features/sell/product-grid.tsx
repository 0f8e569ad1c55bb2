import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import type { Category, Product } from '#domain/catalogue.ts'
import type { Currency } from '#domain/currency.ts'
import { priceSpan } from '#domain/price-span.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { moveFocusByArrow } from '../../app/till/arrow-focus.ts'
import { quantityText } from '../../app/till/order-words.ts'
import { ComingNear } from '../../ui/coming-near.tsx'
import { formatMoney } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import { Picture } from '../../ui/picture.tsx'
import { Tile } from '../../ui/tile.tsx'
import type { FoundProduct, TileStretch } from '../../worker/api-lists.ts'

/** Tiles drawn at first, and with each stretch of scrolling; a screen holds thirty. */
export const TILES_AT_ONCE = 40

interface TileLooks {
  categories: ReadonlyMap<string, Category>
  /** Thousandths in the order, by product. */
  counts: ReadonlyMap<string, number>
  currency: Currency
  onPick: (product: Product, variantId: string | null) => void
}

/** What was searched for: the best first, so that the next letter does not wait for the rest. */
export function FoundTiles({
  asked,
  found,
  ...looks
}: TileLooks & { asked: string; found: readonly FoundProduct[] }) {
  const grid = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (grid.current) grid.current.scrollTop = 0
  }, [asked])
  const [drawnWhole, setDrawnWhole] = useState<readonly FoundProduct[] | null>(null)
  const drawn = found === drawnWhole ? found : found.slice(0, TILES_AT_ONCE)
  return (
    <TileGrid ref={grid}>
      {drawn.map(({ product, variantId }) => (
        <Tiles
          key={`${product.productId} ${variantId ?? ''}`}
          products={[product]}
          variantId={variantId}
          {...looks}
        />
      ))}
      {drawn.length < found.length && <ComingNear onNear={() => setDrawnWhole(found)} />}
    </TileGrid>
  )
}

/** The tiles of a page: its first stretch is given, the others are read as scrolling comes near them. */
export function PageTiles({ first, ...looks }: TileLooks & { first: TileStretch }) {
  return (
    <TileGrid>
      <Tiles products={first.rows} {...looks} />
      <RestOfPage pageId={first.pageId} total={first.total} from={TILES_AT_ONCE} {...looks} />
    </TileGrid>
  )
}

function TileGrid({ ref, children }: { ref?: RefObject<HTMLElement | null>; children: ReactNode }) {
  return (
    <main ref={ref} className="till-grid" aria-label="Products" onKeyDown={moveFocusByArrow}>
      {children}
    </main>
  )
}

type RestProps = TileLooks & { pageId: string | null; total: number; from: number }

function RestOfPage(props: RestProps) {
  const [isNear, setNear] = useState(false)
  if (props.from >= props.total) return null
  return isNear ? <Stretch {...props} /> : <ComingNear onNear={() => setNear(true)} />
}

function Stretch({ pageId, from, total: _, ...looks }: RestProps) {
  const { locale } = useLocale()
  const { data: stretch } = useDeviceQuery<TileStretch>('catalogue', ['tiles', pageId, locale, from], () =>
    device.listTiles(pageId, locale, from, TILES_AT_ONCE),
  )
  if (!stretch) return null
  return (
    <>
      <Tiles products={stretch.rows} {...looks} />
      <RestOfPage pageId={pageId} total={stretch.total} from={from + TILES_AT_ONCE} {...looks} />
    </>
  )
}

function Tiles({
  products,
  variantId = null,
  categories,
  counts,
  currency,
  onPick,
}: TileLooks & {
  products: readonly Product[]
  variantId?: string | null
}) {
  return products.map((product) => (
    <ProductTile
      key={product.productId}
      product={product}
      variantId={variantId}
      category={categories.get(product.categoryId ?? '') ?? null}
      countMilli={counts.get(product.productId) ?? 0}
      currency={currency}
      onPick={onPick}
    />
  ))
}

interface ProductTileProps {
  product: Product
  variantId: string | null
  category: Category | null
  countMilli: number
  currency: Currency
  onPick: (product: Product, variantId: string | null) => void
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
      onPress={() => onPick(product, variantId)}
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
