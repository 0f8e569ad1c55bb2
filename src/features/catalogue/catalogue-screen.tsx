import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import type { EditableKind } from '#domain/catalogue.ts'
import { device } from '../../app/device.ts'
import { useRights } from '../../app/editing/use-rights.ts'
import { OfficeFrame, OfficeScreen } from '../../app/office-frame.tsx'
import { ReadBoundary, useNeededQuery } from '../../app/read-boundary.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { ProductSummary, ShopRecords } from '../../worker/api-lists.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import { CategoriesTab } from './categories-tab.tsx'
import { type CatalogueTab, catalogueTabs, newItem, useCataloguePlace } from './catalogue-place.ts'
import { OptionsTab } from './options-tab.tsx'
import type { PriceFormat } from './price-text.ts'
import { ProductsTab } from './products-tab.tsx'
import type { TabProps } from './tab.ts'
import { TaxesTab } from './taxes-tab.tsx'

const kinds = {
  products: 'product',
  categories: 'category',
  options: 'modifier-set',
  taxes: 'tax-class',
} as const satisfies Record<CatalogueTab, EditableKind>

const newWords = {
  products: 'New product',
  categories: 'New category',
  options: 'New options',
  taxes: 'New tax',
} as const satisfies Record<CatalogueTab, string>

/** What is sold, edited on any device whose person may; without a network too ([R2]). */
export function CatalogueScreen() {
  return (
    <OfficeScreen title="Catalog" unread="The catalog could not be read">
      <Catalogue />
    </OfficeScreen>
  )
}

function Catalogue() {
  const { tab, item, chooseTab, open, close, closeAtOnce } = useCataloguePlace()
  const { data: catalogue } = useNeededQuery<ShopRecords>('catalogue', ['shop'], () => device.shopRecords())
  const { data: summary } = useNeededQuery<ProductSummary>('catalogue', ['summary'], () =>
    device.productSummary(),
  )
  const format = usePriceFormat(catalogue)
  const rights = useRights()
  const readOnlyReason = rights?.reason(kinds[tab], 'the catalog') ?? null
  return (
    <OfficeFrame
      title="Catalog"
      actions={
        rights !== null &&
        readOnlyReason === null && (
          <Key variant="main" icon={<Icon of={Plus} />} onPress={() => open(newItem)}>
            {newWords[tab]}
          </Key>
        )
      }
    >
      <SegmentedTabs
        as="tabs"
        label="Catalog"
        value={tab}
        options={catalogueTabs}
        onChange={chooseTab}
        className="mb-3 max-tablet:flex"
      />
      {readOnlyReason !== null && <p className="mb-3 text-sm text-ink-2">{readOnlyReason}</p>}
      <section role="tabpanel" aria-label={catalogueTabs.find(({ value }) => value === tab)!.label}>
        {catalogue && summary && format && rights ? (
          <ReadBoundary key={tab} title="This list could not be read">
            <Tab
              tab={tab}
              catalogue={catalogue}
              summary={summary}
              format={format}
              readOnlyReason={readOnlyReason}
              item={readOnlyReason !== null && item === newItem ? null : item}
              onOpen={open}
              onClose={close}
              onDone={closeAtOnce}
            />
          </ReadBoundary>
        ) : (
          <section className="pane">
            <LoadingState />
          </section>
        )}
      </section>
    </OfficeFrame>
  )
}

function Tab({ tab, ...props }: TabProps & { tab: CatalogueTab }) {
  switch (tab) {
    case 'products':
      return <ProductsTab {...props} />
    case 'categories':
      return <CategoriesTab {...props} />
    case 'options':
      return <OptionsTab {...props} />
    case 'taxes':
      return <TaxesTab {...props} />
  }
}

/** Prices are in the currency of this device's store, or of the first one. */
function usePriceFormat(catalogue: ShopRecords | undefined): PriceFormat | null {
  const { locale } = useLocale()
  const { data: state } = useNeededQuery<DeviceState>('device', [], () => device.device())
  const own = state && state.kind !== 'new' ? state.store : null
  const currency = (own ?? catalogue?.stores[0])?.pricing.currency
  const [code, exponent] = [currency?.code, currency?.exponent]
  return useMemo(
    () => (code === undefined || exponent === undefined ? null : { code, exponent, locale }),
    [code, exponent, locale],
  )
}
