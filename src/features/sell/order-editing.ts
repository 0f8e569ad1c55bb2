import type { Discount, OpenOrder, OrderLineInput } from '#domain/order.ts'

/** The order pane's state: the order, which line is open for changes, and which one changed last. */
export type OrderEditing = {
  readonly order: OpenOrder
  readonly selectedLineId: string | null
  /** The line that quantity keys act on when none is selected. */
  readonly touchedLineId: string | null
}

export type OrderEdit =
  | { readonly kind: 'add'; readonly line: OrderLineInput }
  | { readonly kind: 'select'; readonly lineId: string | null }
  | { readonly kind: 'set-quantity'; readonly lineId: string; readonly quantityMilli: number }
  | { readonly kind: 'discount-line'; readonly lineId: string; readonly discount: Discount | null }
  | { readonly kind: 'note-line'; readonly lineId: string; readonly note: string }
  /** Another variant or other modifiers of the same product, as `line` has them; quantity, discount and note stay. */
  | { readonly kind: 'choose-again'; readonly lineId: string; readonly line: OrderLineInput }
  | { readonly kind: 'remove'; readonly lineId: string }
  | { readonly kind: 'put-back'; readonly line: OrderLineInput; readonly index: number }
  | { readonly kind: 'discount-order'; readonly discount: Discount | null }
  | { readonly kind: 'note-order'; readonly note: string }
  /** Takes another order's place, such as a resumed or a new one. */
  | { readonly kind: 'open'; readonly order: OpenOrder }
  /** Brings the lines of an order that could not be parked back, before what was added since. */
  | { readonly kind: 'bring-back'; readonly order: OpenOrder }

/** @param orderId of the new order; @param nowMs the device's clock */
export function emptyOrder(orderId: string, nowMs: number): OpenOrder {
  return {
    orderId,
    openedAt: nowMs,
    lines: [],
    orderDiscount: null,
    customerId: null,
    note: null,
    parkedAs: null,
  }
}

export function editingOf(order: OpenOrder): OrderEditing {
  return { order, selectedLineId: null, touchedLineId: order.lines.at(-1)?.lineId ?? null }
}

export function editOrder(state: OrderEditing, edit: OrderEdit): OrderEditing {
  switch (edit.kind) {
    case 'add':
      return added(state, edit.line)
    case 'select':
      return { ...state, selectedLineId: edit.lineId, touchedLineId: edit.lineId ?? state.touchedLineId }
    case 'set-quantity':
      return edit.quantityMilli <= 0
        ? state
        : changedLine(state, edit.lineId, { quantityMilli: edit.quantityMilli })
    case 'discount-line':
      return changedLine(state, edit.lineId, { discount: edit.discount })
    case 'note-line':
      return changedLine(state, edit.lineId, { note: edit.note.trim() || null })
    case 'choose-again':
      return chosenAgain(state, edit.lineId, edit.line)
    case 'remove':
      return removed(state, edit.lineId)
    case 'put-back':
      return putBack(state, edit.line, edit.index)
    case 'discount-order':
      return { ...state, order: { ...state.order, orderDiscount: edit.discount } }
    case 'note-order':
      return { ...state, order: { ...state.order, note: edit.note.trim() || null } }
    case 'open':
      return editingOf({ ...edit.order, parkedAs: null })
    case 'bring-back':
      return broughtBack(state, edit.order)
    default:
      return edit satisfies never
  }
}

/** Whether another piece of `line` may simply count up `existing`. A line with a note or a discount of its own stays as it is. */
function isSameChoice(existing: OrderLineInput, line: OrderLineInput): boolean {
  return (
    line.productId !== null &&
    isUnchanged(existing) &&
    isUnchanged(line) &&
    isWhole(existing) &&
    isWhole(line) &&
    choiceKey(existing) === choiceKey(line)
  )
}

function isUnchanged(line: OrderLineInput): boolean {
  return line.note === null && line.discount === null
}

/** What is weighed is a line of its own each time. */
function isWhole(line: OrderLineInput): boolean {
  return line.quantityMilli % 1000 === 0
}

function choiceKey(line: OrderLineInput): string {
  const modifiers = line.modifiers
    .map(({ modifierId, priceMinor }) => `${modifierId} ${priceMinor}`)
    .toSorted()
  const taxes = line.taxRates.map(({ taxRateId, rateBasisPoints }) => `${taxRateId} ${rateBasisPoints}`)
  return JSON.stringify([line.productId, line.variantId, line.unitPriceMinor, modifiers, taxes])
}

function added(state: OrderEditing, line: OrderLineInput): OrderEditing {
  const same = state.order.lines.find((existing) => isSameChoice(existing, line))
  if (same) return changedLine(state, same.lineId, { quantityMilli: same.quantityMilli + line.quantityMilli })
  return {
    ...state,
    order: { ...state.order, lines: [...state.order.lines, line] },
    selectedLineId: null,
    touchedLineId: line.lineId,
  }
}

function changedLine(state: OrderEditing, lineId: string, change: Partial<OrderLineInput>): OrderEditing {
  const lines = state.order.lines.map((line) => (line.lineId === lineId ? { ...line, ...change } : line))
  return { ...state, order: { ...state.order, lines }, touchedLineId: lineId }
}

function chosenAgain(state: OrderEditing, lineId: string, line: OrderLineInput): OrderEditing {
  const { variantId, variantName, sku, unitPriceMinor, modifiers, taxRates, catalogueVersion } = line
  return changedLine(state, lineId, {
    variantId,
    variantName,
    sku,
    unitPriceMinor,
    modifiers,
    taxRates,
    catalogueVersion,
  })
}

function removed(state: OrderEditing, lineId: string): OrderEditing {
  const lines = state.order.lines.filter((line) => line.lineId !== lineId)
  if (lines.length === state.order.lines.length) return state
  return {
    order: { ...state.order, lines },
    selectedLineId: state.selectedLineId === lineId ? null : state.selectedLineId,
    touchedLineId: lines.at(-1)?.lineId ?? null,
  }
}

function putBack(state: OrderEditing, line: OrderLineInput, index: number): OrderEditing {
  if (state.order.lines.some(({ lineId }) => lineId === line.lineId)) return state
  const lines = state.order.lines.toSpliced(index, 0, line)
  return { ...state, order: { ...state.order, lines }, touchedLineId: line.lineId }
}

function broughtBack(state: OrderEditing, order: OpenOrder): OrderEditing {
  if (state.order.lines.length === 0) return editingOf({ ...order, parkedAs: null })
  return {
    ...state,
    order: {
      ...state.order,
      lines: [...order.lines, ...state.order.lines],
      orderDiscount: state.order.orderDiscount ?? order.orderDiscount,
      note: state.order.note ?? order.note,
    },
  }
}
