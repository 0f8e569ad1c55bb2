import { Pause, Trash2 } from 'lucide-react'
import type { OpenOrder, PricingRules } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { itemCount, itemWords } from '../../app/till/order-words.ts'
import { useNow } from '../../app/till/use-now.ts'
import { moveFocusByArrow } from '../../app/till/arrow-focus.ts'
import { Amount } from '../../ui/amount.tsx'
import { formatAge } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import type { ParkedCard } from '../../worker/api-selling.ts'

export interface ParkedSheetProps {
  parked: readonly ParkedCard[]
  pricing: PricingRules
  onResume: (order: OpenOrder) => void
  onDiscard: (order: OpenOrder) => void
  onClose: () => void
}

export function ParkedSheet({ parked, pricing, onResume, onDiscard, onClose }: ParkedSheetProps) {
  return (
    <Sheet open onClose={onClose} title="Parked orders" className="parked-sheet">
      {parked.length === 0 ? (
        <EmptyState
          icon={<Icon of={Pause} size={24} />}
          title="No parked orders"
          text="Park keeps an order here while you serve the next person."
        />
      ) : (
        <ul className="parked-list" onKeyDown={moveFocusByArrow}>
          {parked.map((card) => (
            <ParkedRow
              key={card.order.orderId}
              card={card}
              pricing={pricing}
              onResume={onResume}
              onDiscard={onDiscard}
            />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function ParkedRow({
  card: { order, isElsewhere, registerName },
  pricing,
  onResume,
  onDiscard,
}: { card: ParkedCard } & Pick<ParkedSheetProps, 'pricing' | 'onResume' | 'onDiscard'>) {
  const { locale, wording } = useLocale()
  const now = useNow(30_000)
  const { totalMinor } = priceOrder(order, pricing).totals
  const names = order.lines.map((line) => line.name).join(', ')
  const age = formatAge(now - order.openedAt, { locale, nowMs: now, words: wording })
  return (
    <li>
      <Key className="parked-key" onPress={() => onResume(order)}>
        <span className="parked-words">
          <span dir="auto">{order.parkedAs || names || 'Order'}</span>
          <small>
            {itemWords(itemCount(order.lines), locale)} · {age}
            {isElsewhere && ` · ${registerName}`}
          </small>
        </span>
        <Amount minor={totalMinor} currency={pricing.currency.code} exponent={pricing.currency.exponent} />
      </Key>
      <Key
        variant="flat"
        square
        label={`Discard ${order.parkedAs || names}`}
        className="text-critical"
        icon={<Icon of={Trash2} />}
        onPress={() => onDiscard(order)}
      />
    </li>
  )
}
