import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Currency } from '#domain/currency.ts'
import { itemWords } from '../../app/till/order-words.ts'
import type { OrderCard, SyncState } from '../../worker/api-selling.ts'
import { Amount } from '../../ui/amount.tsx'
import { Badge } from '../../ui/badge.tsx'
import { formatTime } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { useLocale } from '../../ui/locale.tsx'

const STATE_WORDS: Record<SyncState, string> = {
  'only-here': 'Only here',
  sent: 'Sent',
  'from-elsewhere': 'From another device',
}

export const OrderRow = memo(function OrderRow({
  card,
  currency,
  timeZone,
  registerName,
}: {
  card: OrderCard
  currency: Currency
  timeZone: string
  /** Said when orders of several registers are listed. */
  registerName: string | null
}) {
  const { locale } = useLocale()
  const items = itemWords(Math.round(card.itemsMilli / 1000), locale)
  return (
    <li>
      <Link to="/till/orders/$orderId" params={{ orderId: card.orderId }} className="order-row">
        <span className="order-row-number figure">{card.receiptNumber}</span>
        <span className="order-row-time figure light">{formatTime(card.occurredAt, locale, timeZone)}</span>
        <span className="order-row-title">
          <span dir="auto">{card.title}</span>
          <small>
            {items}
            {registerName && ` · ${registerName}`}
          </small>
        </span>
        {card.isRefund && <Badge tone="attention">Refund</Badge>}
        <span className="order-row-state">
          {card.syncState === 'only-here' ? <Hatch /> : <Solid />}
          <span>{STATE_WORDS[card.syncState]}</span>
        </span>
        <Amount minor={card.totalMinor} currency={currency.code} exponent={currency.exponent} tone="auto" />
      </Link>
    </li>
  )
})
