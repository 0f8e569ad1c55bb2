import { lazy, Suspense } from 'react'
import type { Product, Variant } from '#domain/catalogue.ts'
import type { LineModifier, OpenOrder, PricedOrder } from '#domain/order.ts'
import { useTill } from '../../app/till/till-context.ts'
import { ChoicesDialog } from './choices-dialog.tsx'
import { DiscountDialog } from './discount-dialog.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { OpenItemDialog } from './open-item-dialog.tsx'
import type { OrderEdit } from './order-editing.ts'
import type { ParkedCard } from '../../worker/api-selling.ts'
import { lineOf, modifierSetsOf } from './product-line.ts'
import { QuantityDialog } from './quantity-dialog.tsx'
import './till-dialogs.css'

/** Not needed for a first sale: they come when they are first opened, without a network too. */
const ParkedSheet = lazy(async () => ({ default: (await import('./parked-sheet.tsx')).ParkedSheet }))
const ShortcutsSheet = lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet }))

/** What lies over the till; one at a time. */
export type TillDialog =
  | { readonly kind: 'choices'; readonly product: Product; readonly variantId: string | null }
  | { readonly kind: 'line-options'; readonly product: Product; readonly lineId: string }
  | { readonly kind: 'line-discount' | 'line-note' | 'quantity'; readonly lineId: string }
  | { readonly kind: 'order-discount' | 'order-note' | 'open-item' | 'parked' | 'shortcuts' }

export interface TillDialogsProps {
  dialog: TillDialog | null
  order: OpenOrder
  priced: PricedOrder
  parked: readonly ParkedCard[]
  edit: (edit: OrderEdit) => void
  onClose: () => void
  onAdd: (product: Product, variant: Variant, modifiers: readonly LineModifier[]) => void
  onAddOpenItem: (name: string, priceMinor: number) => void
  onResume: (order: OpenOrder) => void
  onDiscard: (order: OpenOrder) => void
}

export function TillDialogs(props: TillDialogsProps) {
  const { dialog, parked, onClose, onAdd, onAddOpenItem, onResume, onDiscard } = props
  const { store, catalogue } = useTill()
  const { currency } = store.pricing
  if (dialog === null) return null
  switch (dialog.kind) {
    case 'choices':
      return (
        <ChoicesDialog
          product={dialog.product}
          variantId={dialog.variantId}
          modifierSets={modifierSetsOf(dialog.product, catalogue)}
          currency={currency}
          onAdd={(variant, modifiers) => onAdd(dialog.product, variant, modifiers)}
          onClose={onClose}
        />
      )
    case 'line-options':
      return <LineOptions {...props} product={dialog.product} lineId={dialog.lineId} />
    case 'open-item':
      return <OpenItemDialog currency={currency} onAdd={onAddOpenItem} onClose={onClose} />
    case 'parked':
      return (
        <Suspense>
          <ParkedSheet
            parked={parked}
            pricing={store.pricing}
            onResume={onResume}
            onDiscard={onDiscard}
            onClose={onClose}
          />
        </Suspense>
      )
    case 'shortcuts':
      return (
        <Suspense>
          <ShortcutsSheet onClose={onClose} />
        </Suspense>
      )
    case 'order-discount':
    case 'order-note':
      return <OrderDialog {...props} kind={dialog.kind} />
    default:
      return <LineDialog {...props} kind={dialog.kind} lineId={dialog.lineId} />
  }
}

function LineOptions({
  order,
  edit,
  onClose,
  product,
  lineId,
}: TillDialogsProps & { product: Product; lineId: string }) {
  const { store, catalogue } = useTill()
  const line = order.lines.find((one) => one.lineId === lineId)
  if (!line) return null
  return (
    <ChoicesDialog
      product={product}
      variantId={line.variantId}
      modifierSets={modifierSetsOf(product, catalogue)}
      modifiers={line.modifiers}
      currency={store.pricing.currency}
      verb="Change"
      onAdd={(variant, modifiers) => {
        edit({
          kind: 'choose-again',
          lineId,
          line: lineOf({ product, variant, modifiers }, catalogue, lineId),
        })
        onClose()
      }}
      onClose={onClose}
    />
  )
}

function OrderDialog(props: TillDialogsProps & { kind: 'order-discount' | 'order-note' }) {
  const { order, priced, edit, onClose, kind } = props
  const { currency } = useTill().store.pricing
  if (kind === 'order-note') {
    return (
      <NoteDialog
        title="Note on the order"
        current={order.note ?? ''}
        onChoose={(note) => {
          edit({ kind: 'note-order', note })
          onClose()
        }}
        onClose={onClose}
      />
    )
  }
  const mostMinor = priced.lines.reduce((sum, line) => sum + line.grossMinor - line.discountMinor, 0)
  return (
    <DiscountDialog
      title="Discount on the order"
      current={order.orderDiscount}
      currency={currency}
      mostMinor={mostMinor}
      onChoose={(discount) => {
        edit({ kind: 'discount-order', discount })
        onClose()
      }}
      onClose={onClose}
    />
  )
}

function LineDialog(
  props: TillDialogsProps & { kind: 'line-discount' | 'line-note' | 'quantity'; lineId: string },
) {
  const { priced, edit, onClose, kind, lineId } = props
  const { currency } = useTill().store.pricing
  const line = priced.lines.find((one) => one.lineId === lineId)
  const change = (made: OrderEdit) => {
    edit(made)
    onClose()
  }
  if (!line) return null
  switch (kind) {
    case 'line-discount':
      return (
        <DiscountDialog
          title={`Discount on ${line.name}`}
          current={line.discount}
          currency={currency}
          mostMinor={line.grossMinor}
          onChoose={(discount) => change({ kind: 'discount-line', lineId, discount })}
          onClose={onClose}
        />
      )
    case 'line-note':
      return (
        <NoteDialog
          title={`Note on ${line.name}`}
          current={line.note ?? ''}
          onChoose={(note) => change({ kind: 'note-line', lineId, note })}
          onClose={onClose}
        />
      )
    case 'quantity':
      return (
        <QuantityDialog
          name={line.name}
          currentMilli={line.quantityMilli}
          onChoose={(quantityMilli) => change({ kind: 'set-quantity', lineId, quantityMilli })}
          onClose={onClose}
        />
      )
    default:
      return kind satisfies never
  }
}
