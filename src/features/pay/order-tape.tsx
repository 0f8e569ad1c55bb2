import { ArrowLeft, Banknote, CreditCard, Undo2 } from 'lucide-react'
import { Fragment } from 'react'
import type { PricedOrder, PricingRules } from '#domain/order.ts'
import {
  discountWords,
  itemCount,
  itemWords,
  optionWords,
  quantityText,
  totalsRows,
} from '../../app/till/order-words.ts'
import type { TenderInput } from '../../worker/api-selling.ts'
import { Amount } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import './order-tape.css'

export interface OrderTapeProps {
  priced: PricedOrder
  pricing: PricingRules
  taken: readonly TenderInput[]
  onTakeBack: (index: number) => void
  onBack: () => void
}

/** The order as one column of figures, and below it what has been paid. */
export function OrderTape({ priced, pricing, taken, onTakeBack, onBack }: OrderTapeProps) {
  const { locale } = useLocale()
  return (
    <section className="pay-tape" aria-label="Order">
      <div className="pay-head">
        <Key
          variant="flat"
          square
          label="Back to order"
          icon={<Icon of={ArrowLeft} className="mirrored" />}
          onPress={onBack}
        />
        <h1>Order</h1>
        <Badge>{itemWords(itemCount(priced.lines), locale)}</Badge>
      </div>
      <TapeRows priced={priced} pricing={pricing} />
      {taken.length > 0 && <Payments taken={taken} pricing={pricing} onTakeBack={onTakeBack} />}
    </section>
  )
}

function TapeRows({ priced, pricing }: Pick<OrderTapeProps, 'priced' | 'pricing'>) {
  const { locale } = useLocale()
  const { code, exponent } = pricing.currency
  const money = { currency: code, exponent, symbol: false } as const
  return (
    <div className="tape-rows">
      {priced.lines.map((line) => {
        const options = optionWords(line, pricing, locale)
        return (
          <Fragment key={line.lineId}>
            <span className="tape-count figure light">{quantityText(line.quantityMilli, locale)}</span>
            <span dir="auto">
              {line.name}
              {options && <small>{options}</small>}
              {line.discount && <small>{discountWords(line.discount, locale)}</small>}
              {line.note && <small>“{line.note}”</small>}
            </span>
            <span className="tape-money">
              <Amount minor={line.grossMinor} {...money} className="light" />
              {line.discount && (
                <Amount minor={-line.discountMinor} {...money} tone="auto" className="light tape-less" />
              )}
            </span>
          </Fragment>
        )
      })}
      <hr />
      {totalsRows(priced.totals, pricing, locale).map((row) => (
        <Fragment key={row.key}>
          <span className="tape-label text-ink-2">
            {row.label} <span className="text-ink-3">{row.note}</span>
          </span>
          <Amount
            minor={row.minor}
            {...money}
            tone={row.key === 'discounts' ? 'auto' : 'none'}
            className="light"
          />
        </Fragment>
      ))}
      <hr />
      <span className="tape-label tape-total">Total</span>
      <Amount minor={priced.totals.totalMinor} {...money} className="tape-total" />
    </div>
  )
}

function Payments({ taken, pricing, onTakeBack }: Pick<OrderTapeProps, 'taken' | 'pricing' | 'onTakeBack'>) {
  const { code, exponent } = pricing.currency
  return (
    <div className="pay-taken">
      <h2>Payments</h2>
      <ul>
        {taken.map((tender, index) => (
          <li key={index}>
            <span className="pay-taken-icon">
              <Icon of={tender.tender === 'cash' ? Banknote : CreditCard} />
            </span>
            <span>{tender.tender === 'cash' ? 'Cash' : 'Card'}</span>
            <Amount minor={tender.amountMinor} currency={code} exponent={exponent} symbol={false} />
            <Key
              variant="flat"
              square
              label="Take this payment back"
              icon={<Icon of={Undo2} />}
              onPress={() => onTakeBack(index)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
