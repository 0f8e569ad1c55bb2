import { ScanBarcode } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { Product, Variant } from '#domain/catalogue.ts'
import type { LineModifier } from '#domain/order.ts'
import { device } from '../../app/device.ts'
import { newId } from '../../app/till/new-id.ts'
import { useTill } from '../../app/till/till-context.ts'
import { Icon } from '../../ui/icon.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { OrderEdit } from './order-editing.ts'
import { lineOf, mustChoose, mustChooseModifiers } from './product-line.ts'
import type { TillDialog } from './till-dialogs.tsx'

export interface Adding {
  productsById: ReadonlyMap<string, Product>
  /** A tile or a search hit: asks when something must be chosen. */
  pick: (productId: string, variantId: string | null) => void
  scan: (barcode: string) => void
  add: (product: Product, variant: Variant, modifiers: readonly LineModifier[]) => void
  addOpenItem: (name: string, priceMinor: number) => void
}

/** Every way into the order. */
export function useAdding(
  edit: (edit: OrderEdit) => void,
  open: (dialog: TillDialog | null) => void,
): Adding {
  const { catalogue } = useTill()
  const toasts = useToast()
  const productsById = useMemo(
    () => new Map(catalogue.products.map((product) => [product.productId, product])),
    [catalogue],
  )

  const add = useCallback(
    (product: Product, variant: Variant, modifiers: readonly LineModifier[]) => {
      open(null)
      edit({ kind: 'add', line: lineOf({ product, variant, modifiers }, catalogue, newId()) })
    },
    [catalogue, edit, open],
  )
  const pick = useCallback(
    (productId: string, variantId: string | null) => {
      const product = productsById.get(productId)
      const variant = product?.variants[0]
      if (!product || !variant) return
      if (mustChoose(product, catalogue)) open({ kind: 'choices', product, variantId })
      else add(product, variant, [])
    },
    [productsById, catalogue, add, open],
  )
  const addScanned = async (barcode: string) => {
    const hit = await device.findByBarcode(barcode)
    const product = hit && productsById.get(hit.productId)
    if (!hit || !product) {
      toasts.show({
        text: 'No product has this barcode. Sell it as an open item, or search by name.',
        icon: <Icon of={ScanBarcode} />,
        action: { label: 'Open item', onPress: () => open({ kind: 'open-item' }) },
      })
      return
    }
    const named = product.variants.find((variant) => variant.variantId === hit.variantId)
    const variant = named ?? (product.variants.length === 1 ? product.variants[0] : undefined)
    if (!variant || mustChooseModifiers(product, catalogue))
      open({ kind: 'choices', product, variantId: hit.variantId })
    else add(product, variant, [])
  }
  const scan = (barcode: string) => {
    open(null)
    addScanned(barcode).catch((error: unknown) => reportError(error))
  }
  const addOpenItem = (name: string, priceMinor: number) => {
    open(null)
    edit({
      kind: 'add',
      line: {
        lineId: newId(),
        productId: null,
        variantId: null,
        categoryId: null,
        name,
        variantName: null,
        sku: null,
        quantityMilli: 1000,
        unitPriceMinor: priceMinor,
        modifiers: [],
        discount: null,
        taxRates: catalogue.taxClasses[0]?.taxRates ?? [],
        note: null,
        catalogueVersion: catalogue.version,
        isStockTracked: false,
      },
    })
  }
  return { productsById, pick, scan, add, addOpenItem }
}
