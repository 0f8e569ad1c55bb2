import { useMemo } from 'react'
import type { OrderEdit } from './order-editing.ts'
import type { LineActions } from './order-line-row.tsx'
import type { TillDialog } from './till-dialogs.tsx'

/** What the keys of a selected line do; always the same functions. */
export function useLineActions(
  edit: (edit: OrderEdit) => void,
  open: (dialog: TillDialog) => void,
  remove: (lineId: string) => void,
): LineActions {
  return useMemo(
    () => ({
      onSelect: (lineId) => edit({ kind: 'select', lineId }),
      onQuantity: (lineId, quantityMilli) => edit({ kind: 'set-quantity', lineId, quantityMilli }),
      onQuantityPad: (lineId) => open({ kind: 'quantity', lineId }),
      onDiscount: (lineId) => open({ kind: 'line-discount', lineId }),
      onNote: (lineId) => open({ kind: 'line-note', lineId }),
      onOptions: (lineId, product) => open({ kind: 'line-options', product, lineId }),
      onRemove: remove,
    }),
    [edit, open, remove],
  )
}
