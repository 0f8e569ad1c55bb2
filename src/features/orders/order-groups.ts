import type { OrderCard } from '../../worker/api-selling.ts'
import { formatDate } from '../../ui/format.ts'

export type OrderGroup = { readonly day: string; readonly cards: readonly OrderCard[] }

/** Newest first, under the store's local days. */
export function groupByDay(cards: readonly OrderCard[], locale: string, timeZone: string): OrderGroup[] {
  const groups: { day: string; cards: OrderCard[] }[] = []
  for (const card of cards) {
    const day = formatDate(card.occurredAt, locale, 'day', timeZone)
    const last = groups.at(-1)
    if (last?.day === day) last.cards.push(card)
    else groups.push({ day, cards: [card] })
  }
  return groups
}
