import { PackageSearch } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { Product } from '#domain/catalogue.ts'
import type { OpenOrder } from '#domain/order.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { useTill } from '../../app/till/till-context.ts'
import { UnreadState } from '../../app/unread-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import type { ProductPage, TileStretch } from '../../worker/api-lists.ts'
import { CategoryRail } from './category-rail.tsx'
import { FoundTiles, PageTiles, TILES_AT_ONCE } from './product-grid.tsx'
import type { Search } from './use-search.ts'

const NO_PAGES: readonly ProductPage[] = []

/** The rail and the tiles: of the chosen page, or of what was searched for. */
export function Products({
  order,
  search,
  onPick,
}: {
  order: OpenOrder
  search: Search
  onPick: (product: Product, variantId: string | null) => void
}) {
  const { catalogue, store } = useTill()
  const { locale } = useLocale()
  const [wantedPageId, setPageId] = useState<string | null>(null)
  const { setText } = search
  const rail = useDeviceQuery<readonly ProductPage[]>('catalogue', ['pages'], () => device.productPages())
  // Those of the page before stay until these have come. Drawing them waits for taps, never the other way round.
  const tiles = useDeviceQuery<TileStretch>('catalogue', ['tiles', wantedPageId, locale, 0], () =>
    device.listTiles(wantedPageId, locale, 0, TILES_AT_ONCE),
  )
  const first = useDeferredValue(tiles.data, undefined)
  const found = useDeferredValue(search.found, null)
  const categories = useMemo(
    () => new Map(catalogue.categories.map((category) => [category.categoryId, category])),
    [catalogue],
  )
  const counts = useMemo(() => countsOf(order), [order])
  const pages = rail.data ?? NO_PAGES
  const reads = [rail, tiles]
  const page = pages.find(({ pageId }) => pageId === wantedPageId) ?? pages[0]
  const choosePage = useCallback(
    (pageId: string) => {
      setText('')
      setPageId(pageId)
    },
    [setText],
  )
  const looks = { categories, counts, currency: store.pricing.currency, onPick }
  return (
    <>
      <CategoryRail pages={pages} pageId={found ? null : (page?.pageId ?? null)} onChoose={choosePage} />
      {found?.length === 0 ? (
        <NoTiles
          title={`Nothing is called “${search.text.trim()}”`}
          text="Try part of the name, the SKU or the barcode."
        />
      ) : found ? (
        <FoundTiles key="search" asked={search.text} found={found} {...looks} />
      ) : reads.some(({ isLoadingError }) => isLoadingError) ? (
        <main className="till-grid-empty">
          <UnreadState of={reads} title="The products could not be read" />
        </main>
      ) : first?.total === 0 ? (
        <NoTiles
          title="No products yet"
          text="Add them in the back office or bring them from a file. They show up here by themselves."
        />
      ) : (
        first && <PageTiles key={first.pageId} first={first} {...looks} />
      )}
    </>
  )
}

function NoTiles({ title, text }: { title: string; text: string }) {
  return (
    <main className="till-grid-empty">
      <EmptyState icon={<Icon of={PackageSearch} size={24} />} title={title} text={text} />
    </main>
  )
}

function countsOf({ lines }: OpenOrder): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { productId, quantityMilli } of lines)
    if (productId !== null) counts.set(productId, (counts.get(productId) ?? 0) + quantityMilli)
  return counts
}
