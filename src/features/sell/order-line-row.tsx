import { Trash2 } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import type { Product } from '#domain/catalogue.ts'
import type { PricedLine, PricingRules } from '#domain/order.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { discountWords, optionWords, quantityText } from '../../app/till/order-words.ts'
import { Amount } from '../../ui/amount.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatMoney } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import { hasChoices } from './product-line.ts'
import './order-line-row.css'

/** What can be done with a line; all functions stay the same between renders. */
export interface LineActions {
  onSelect: (lineId: string | null) => void
  onQuantity: (lineId: string, quantityMilli: number) => void
  onQuantityPad: (lineId: string) => void
  onDiscount: (lineId: string) => void
  onNote: (lineId: string) => void
  onOptions: (lineId: string, product: Product) => void
  onRemove: (lineId: string) => void
}

export interface OrderLineRowProps {
  line: PricedLine
  pricing: PricingRules
  isSelected: boolean
  /** Changed last: flashes and is scrolled into sight. */
  isTouched: boolean
  actions: LineActions
}

export const OrderLineRow = memo(function OrderLineRow({
  line,
  pricing,
  isSelected,
  isTouched,
  actions,
}: OrderLineRowProps) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isTouched) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isTouched, isSelected, line.quantityMilli])

  return (
    <li ref={row} className={classNames('order-line', isSelected && 'selected', isTouched && 'touched')}>
      <button
        type="button"
        className="order-line-face"
        aria-expanded={isSelected}
        onClick={() => actions.onSelect(isSelected ? null : line.lineId)}
      >
        <LineFace line={line} pricing={pricing} />
      </button>
      {isSelected && <LineKeys line={line} actions={actions} />}
    </li>
  )
})

function LineFace({ line, pricing }: { line: PricedLine; pricing: PricingRules }) {
  const { locale } = useLocale()
  const { code, exponent } = pricing.currency
  const options = optionWords(line, pricing, locale)
  const eachMinor = line.modifiers.reduce((sum, { priceMinor }) => sum + priceMinor, line.unitPriceMinor)
  const each = formatMoney(eachMinor, code, exponent, locale, { symbol: false })
  return (
    <>
      <span className="order-line-count figure">{quantityText(line.quantityMilli, locale)}</span>
      <span className="order-line-name" dir="auto">
        {line.name}
      </span>
      <Amount
        minor={line.grossMinor}
        currency={code}
        exponent={exponent}
        symbol={false}
        className="text-end"
      />
      {options && <span className="order-line-sub">{options}</span>}
      {line.quantityMilli !== 1000 && <span className="order-line-sub">{each} each</span>}
      {line.discount && (
        <>
          <span className="order-line-sub">{discountWords(line.discount, locale)}</span>
          <span className="order-line-less">
            <Amount
              minor={-line.discountMinor}
              currency={code}
              exponent={exponent}
              symbol={false}
              tone="auto"
            />
          </span>
        </>
      )}
      {line.note && <span className="order-line-sub">“{line.note}”</span>}
    </>
  )
}

function LineKeys({ line, actions }: { line: PricedLine; actions: LineActions }) {
  const { locale } = useLocale()
  const { lineId, quantityMilli } = line
  return (
    <div className="order-line-keys">
      <Stepper
        label="Quantity"
        value={quantityMilli}
        step={1000}
        min={Math.min(quantityMilli, 1000)}
        format={(milli) => quantityText(milli, locale)}
        onChange={(milli) => actions.onQuantity(lineId, milli)}
        onNumberPress={() => actions.onQuantityPad(lineId)}
      />
      <Key onPress={() => actions.onDiscount(lineId)}>Discount</Key>
      <Key onPress={() => actions.onNote(lineId)}>Note</Key>
      <Key
        variant="danger"
        square
        label={`Remove ${line.name}`}
        icon={<Icon of={Trash2} />}
        onPress={() => actions.onRemove(lineId)}
      />
      {line.productId !== null && (
        <OptionsKey productId={line.productId} onOptions={(product) => actions.onOptions(lineId, product)} />
      )}
    </div>
  )
}

/** Where there is anything to choose; of a product as it is now. */
function OptionsKey({ productId, onOptions }: { productId: string; onOptions: (product: Product) => void }) {
  const { data: product } = useDeviceQuery<Product | null>('catalogue', ['product', productId], () =>
    device.product(productId),
  )
  if (!product || !hasChoices(product)) return null
  return (
    <Key className="order-line-options" onPress={() => onOptions(product)}>
      Options
    </Key>
  )
}
