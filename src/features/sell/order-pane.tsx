import {
  ChevronDown,
  ChevronUp,
  Ellipsis,
  Eraser,
  MessageSquare,
  PackagePlus,
  ReceiptText,
  Tag,
} from 'lucide-react'
import { useMemo } from 'react'
import type { OpenOrder, PricedOrder, PricingRules } from '#domain/order.ts'
import { moveFocusByArrow } from '../../app/till/arrow-focus.ts'
import { discountWords, itemCount, itemWords, totalsRows } from '../../app/till/order-words.ts'
import { Amount } from '../../ui/amount.tsx'
import { Display } from '../../ui/display.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Menu } from '../../ui/menu.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { OrderLineRow } from './order-line-row.tsx'
import type { LineActions } from './order-line-row.tsx'
import './order-pane.css'

export interface OrderPaneProps {
  order: OpenOrder
  priced: PricedOrder
  pricing: PricingRules
  selectedLineId: string | null
  touchedLineId: string | null
  lineActions: LineActions
  /** On phones the pane is a bar until it is opened. */
  isOpen: boolean
  onToggle: () => void
  onOrderDiscount: () => void
  onOrderNote: () => void
  onOpenItem: () => void
  onClear: () => void
  onPark: () => void
  onCharge: () => void
}

export function OrderPane(props: OrderPaneProps) {
  const { order, priced, pricing, selectedLineId, touchedLineId, lineActions } = props
  return (
    <aside className="till-order" aria-label="Order">
      <OrderHead {...props} />
      {priced.lines.length === 0 ? (
        <div className="order-lines">
          <EmptyState
            icon={<Icon of={ReceiptText} size={24} />}
            title="Nothing in this order yet"
            text="Tap a product, scan a barcode or search."
          />
        </div>
      ) : (
        <ul className="order-lines" onKeyDown={moveFocusByArrow}>
          {priced.lines.map((line) => (
            <OrderLineRow
              key={line.lineId}
              line={line}
              pricing={pricing}
              isSelected={line.lineId === selectedLineId}
              isTouched={line.lineId === touchedLineId}
              actions={lineActions}
            />
          ))}
        </ul>
      )}
      {priced.lines.length > 0 && <OrderTotals order={order} priced={priced} pricing={pricing} />}
      <ChargeBar {...props} />
    </aside>
  )
}

function OrderHead(props: OrderPaneProps) {
  const { order, priced, onOrderDiscount, onOrderNote, onOpenItem, onClear, onToggle } = props
  const emptyReason = priced.lines.length === 0 ? 'Nothing in the order yet' : undefined
  return (
    <div className="order-head">
      <h2>Order</h2>
      <Key variant="flat" className="order-back" onPress={onToggle}>
        Back to products
      </Key>
      <Menu
        label="More for this order"
        variant="flat"
        square
        align="end"
        trigger={<Icon of={Ellipsis} />}
        items={[
          {
            key: 'discount',
            label: 'Discount on the order',
            icon: <Icon of={Tag} />,
            offReason: emptyReason,
            onPress: onOrderDiscount,
          },
          {
            key: 'note',
            label: order.note === null ? 'Note on the order' : 'Change the note',
            icon: <Icon of={MessageSquare} />,
            onPress: onOrderNote,
          },
          { key: 'open-item', label: 'Open item', icon: <Icon of={PackagePlus} />, onPress: onOpenItem },
          {
            key: 'clear',
            label: 'Clear the order',
            icon: <Icon of={Eraser} />,
            tone: 'critical',
            offReason: emptyReason,
            onPress: onClear,
          },
        ]}
      />
    </div>
  )
}

function OrderTotals({ order, priced, pricing }: Pick<OrderPaneProps, 'order' | 'priced' | 'pricing'>) {
  const { locale } = useLocale()
  const { code, exponent } = pricing.currency
  const rows = useMemo(() => totalsRows(priced.totals, pricing, locale), [priced, pricing, locale])
  return (
    <div className="order-totals">
      {order.note && <p>“{order.note}”</p>}
      {rows.map((row) => (
        <div key={row.key}>
          <span>
            {row.label} {row.note && <span className="text-ink-3">{row.note}</span>}
            {row.key === 'discounts' && order.orderDiscount && (
              <span className="text-ink-3">{discountWords(order.orderDiscount, locale)} the order</span>
            )}
          </span>
          <Amount
            minor={row.minor}
            currency={code}
            exponent={exponent}
            symbol={false}
            tone={row.key === 'discounts' ? 'auto' : 'none'}
            className="light"
          />
        </div>
      ))}
    </div>
  )
}

function ChargeBar({ priced, pricing, isOpen, onToggle, onPark, onCharge }: OrderPaneProps) {
  const { locale } = useLocale()
  const { code, exponent } = pricing.currency
  const items = itemWords(itemCount(priced.lines), locale)
  const offReason = priced.lines.length === 0 ? 'Nothing in the order yet' : null
  return (
    <Display className="charge-bar">
      <div className="charge-sum">
        <span className="dim charge-words">Total · {items}</span>
        <button type="button" className="dim charge-open" aria-expanded={isOpen} onClick={onToggle}>
          {items} <Icon of={isOpen ? ChevronDown : ChevronUp} size={16} />
        </button>
        <span aria-live="polite">
          <Amount minor={priced.totals.totalMinor} currency={code} exponent={exponent} look="display" />
        </span>
      </div>
      <div className="charge-keys">
        <Key className="park-key" offReason={offReason} onPress={onPark}>
          Park
        </Key>
        <Key variant="lit" size="primary" className="charge-key" offReason={offReason} onPress={onCharge}>
          Charge
        </Key>
      </div>
    </Display>
  )
}
