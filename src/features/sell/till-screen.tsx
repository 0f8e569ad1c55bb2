import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { OpenOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { newId } from '../../app/till/new-id.ts'
import { keepOpenOrder, openOrder } from '../../app/till/open-order.ts'
import { lockTill } from '../../app/till/lock.ts'
import { useTill } from '../../app/till/till-context.ts'
import { TillGate } from '../../app/till/till-gate.tsx'
import { useScanner } from '../../app/till/use-scanner.ts'
import { classNames } from '../../ui/class-names.ts'
import { useToast } from '../../ui/toast.tsx'
import { editingOf, editOrder, emptyOrder } from './order-editing.ts'
import type { OrderEdit, OrderEditing } from './order-editing.ts'
import { OrderPane } from './order-pane.tsx'
import { Products } from './products.tsx'
import { TillDialogs } from './till-dialogs.tsx'
import { useLineActions } from './use-line-actions.ts'
import type { TillDialog } from './till-dialogs.tsx'
import { TillTop } from './till-top.tsx'
import { useAdding } from './use-adding.tsx'
import { useOfflineToast } from './use-offline-toast.tsx'
import { useParking } from './use-parking.tsx'
import { useSearch } from './use-search.ts'
import { useShortcuts } from './use-shortcuts.ts'
import type { Shortcuts } from './use-shortcuts.ts'
import './till.css'

export function TillScreen() {
  return (
    <TillGate>
      <Till />
    </TillGate>
  )
}

function Till() {
  const { store } = useTill()
  const navigate = useNavigate()
  const [editing, edit] = useReducer(editOrder, undefined, startEditing)
  const [dialog, setDialog] = useState<TillDialog | null>(null)
  const [isOrderOpen, setOrderOpen] = useState(false)
  const { order } = editing
  const priced = useMemo(() => priceOrder(order, store.pricing), [order, store.pricing])
  const adding = useAdding(edit, setDialog)
  const search = useSearch(adding.pick)
  const parking = useParking(order, edit)
  const remove = useRemoving(editing, edit)
  const lineActions = useLineActions(edit, setDialog, remove)
  const closeDialog = useCallback(() => setDialog(null), [])
  useEffect(() => keepOpenOrder(isUntouched(order) ? null : order), [order])
  useOfflineToast()
  usePreloadedPay()
  useScanner(adding.scan)

  const charge = () => {
    if (order.lines.length > 0) void navigate({ to: '/till/pay' })
  }
  const showUndo = useUndoToast()
  const clear = () => {
    edit({ kind: 'open', order: emptyOrder(newId(), Date.now()) })
    showUndo('Order cleared.', () => edit({ kind: 'bring-back', order }))
  }
  useTillShortcuts({
    editing,
    edit,
    remove,
    charge,
    park: parking.park,
    help: () => setDialog({ kind: 'shortcuts' }),
    search: () => {
      setOrderOpen(false)
      search.field.current?.focus()
      search.field.current?.select()
    },
  })

  return (
    <div className={classNames('till', isOrderOpen && 'order-open')}>
      <TillTop
        search={search.text}
        searchRef={search.field}
        onSearch={search.setText}
        onSearchKey={search.press}
        parkedCount={parking.parked.length}
        onParked={() => setDialog({ kind: 'parked' })}
        onHelp={() => setDialog({ kind: 'shortcuts' })}
      />
      <Products order={order} search={search} onPick={adding.pick} />
      <OrderPane
        order={order}
        priced={priced}
        pricing={store.pricing}
        selectedLineId={editing.selectedLineId}
        touchedLineId={editing.touchedLineId}
        lineActions={lineActions}
        isOpen={isOrderOpen}
        onToggle={() => setOrderOpen(!isOrderOpen)}
        onOrderDiscount={() => setDialog({ kind: 'order-discount' })}
        onOrderNote={() => setDialog({ kind: 'order-note' })}
        onOpenItem={() => setDialog({ kind: 'open-item' })}
        onClear={clear}
        onPark={() => {
          setOrderOpen(false)
          parking.park()
        }}
        onCharge={charge}
      />
      <TillDialogs
        dialog={dialog}
        order={order}
        priced={priced}
        parked={parking.parked}
        edit={edit}
        onClose={closeDialog}
        onAdd={adding.add}
        onAddOpenItem={adding.addOpenItem}
        onResume={(wanted) => {
          closeDialog()
          parking.resume(wanted)
        }}
        onDiscard={parking.discard}
      />
    </div>
  )
}

/** Charge must not wait for code. */
function usePreloadedPay(): void {
  const router = useRouter()
  useEffect(() => {
    router.preloadRoute({ to: '/till/pay' }).catch(reportError)
  }, [router])
}

function startEditing(): OrderEditing {
  return editingOf(openOrder() ?? emptyOrder(newId(), Date.now()))
}

function isUntouched({ lines, note, orderDiscount, customerId }: OpenOrder): boolean {
  return lines.length === 0 && note === null && orderDiscount === null && customerId === null
}

function useTillShortcuts({
  editing,
  edit,
  remove,
  ...others
}: {
  editing: OrderEditing
  edit: (edit: OrderEdit) => void
  remove: (lineId: string) => void
} & Pick<Shortcuts, 'charge' | 'park' | 'help' | 'search'>): void {
  const activeId = editing.selectedLineId ?? editing.touchedLineId
  const activeLine = editing.order.lines.find(({ lineId }) => lineId === activeId)
  useShortcuts({
    ...others,
    lock: lockTill,
    changeQuantity: (byMilli) => {
      if (!activeLine) return
      const { lineId, quantityMilli } = activeLine
      edit({ kind: 'set-quantity', lineId, quantityMilli: quantityMilli + byMilli })
    },
    removeLine: () => {
      if (activeLine) remove(activeLine.lineId)
    },
  })
}

function useUndoToast(): (text: string, undo: () => void) => void {
  const toasts = useToast()
  return useCallback(
    (text, undo) => toasts.show({ text, action: { label: 'Undo', onPress: undo } }),
    [toasts],
  )
}

/** Stays the same function while the order changes, so that lines are not drawn again. */
function useRemoving({ order }: OrderEditing, edit: (edit: OrderEdit) => void): (lineId: string) => void {
  const showUndo = useUndoToast()
  const latest = useRef(order)
  useEffect(() => {
    latest.current = order
  })
  return useCallback(
    (lineId) => {
      const { lines } = latest.current
      const index = lines.findIndex((line) => line.lineId === lineId)
      const line = lines[index]
      if (!line) return
      edit({ kind: 'remove', lineId })
      showUndo(`${line.name} removed.`, () => edit({ kind: 'put-back', line, index }))
    },
    [edit, showUndo],
  )
}
