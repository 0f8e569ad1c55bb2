import { useMemo } from 'react'
import type { Product } from '#domain/catalogue.ts'
import type { OrderEdit } from './order-editing.ts'
import type { LineActions } from './order-line-row.tsx'
import { hasChoices } from './product-line.ts'
import type { TillDialog } from './till-dialogs.tsx'

/** What the keys of a selected line do; the same functions until the catalogue changes. */
export function useLineActions(
  productsById: ReadonlyMap<string, Product>,
  edit: (edit: OrderEdit) => void,
  open: (dialog: TillDialog) => void,
  remove: (lineId: string) => void,
): LineActions {
  return useMemo(() => {
    const productOf = (productId: string | null) => productsById.get(productId ?? '')
    return {
      onSelect: (lineId) => edit({ kind: 'select', lineId }),
      onQuantity: (lineId, quantityMilli) => edit({ kind: 'set-quantity', lineId, quantityMilli }),
      onQuantityPad: (lineId) => open({ kind: 'quantity', lineId }),
      onDiscount: (lineId) => open({ kind: 'line-discount', lineId }),
      onNote: (lineId) => open({ kind: 'line-note', lineId }),
      hasOptions: ({ productId }) => {
        const product = productOf(productId)
        return product !== undefined && hasChoices(product)
      },
      onOptions: ({ productId, lineId }) => {
        const product = productOf(productId)
        if (product) open({ kind: 'line-options', product, lineId })
      },
      onRemove: remove,
    }
  }, [productsById, edit, open, remove])
}
