import { ScanBarcode } from 'lucide-react'
import { useCallback } from 'react'
import type { Product, Variant } from '#domain/catalogue.ts'
import type { LineModifier } from '#domain/order.ts'
import { NOT_READ } from '../../app/deed.ts'
import { device } from '../../app/device.ts'
import { newId } from '../../app/till/new-id.ts'
import { useTill } from '../../app/till/till-context.ts'
import { Icon } from '../../ui/icon.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { OrderEdit } from './order-editing.ts'
import { lineOf, mustChoose, mustChooseModifiers } from './product-line.ts'
import type { TillDialog } from './till-dialogs.tsx'

export interface Adding {
  /** A tile or a search hit: asks when something must be chosen. */
  pick: (product: Product, variantId: string | null) => void
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

  const add = useCallback(
    (product: Product, variant: Variant, modifiers: readonly LineModifier[]) => {
      open(null)
      edit({ kind: 'add', line: lineOf({ product, variant, modifiers }, catalogue, newId()) })
    },
    [catalogue, edit, open],
  )
  const pick = useCallback(
    (product: Product, variantId: string | null) => {
      const variant = product.variants[0]
      if (!variant) return
      if (mustChoose(product, catalogue)) open({ kind: 'choices', product, variantId })
      else add(product, variant, [])
    },
    [catalogue, add, open],
  )
  const addScanned = async (barcode: string) => {
    const found = await device.findByBarcode(barcode)
    if (!found) {
      toasts.show({
        text: 'No product has this barcode. Sell it as an open item, or search by name.',
        icon: <Icon of={ScanBarcode} />,
        action: { label: 'Open item', onPress: () => open({ kind: 'open-item' }) },
      })
      return
    }
    const { product, variantId } = found
    const named = product.variants.find((variant) => variant.variantId === variantId)
    const variant = named ?? (product.variants.length === 1 ? product.variants[0] : undefined)
    if (!variant || mustChooseModifiers(product, catalogue)) open({ kind: 'choices', product, variantId })
    else add(product, variant, [])
  }
  const scan = (barcode: string) => {
    open(null)
    addScanned(barcode).catch((error: unknown) => {
      reportError(error)
      toasts.showFailure(NOT_READ)
    })
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
  return { pick, scan, add, addOpenItem }
}
