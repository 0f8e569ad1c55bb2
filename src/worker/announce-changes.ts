import type { RecordKind } from '#domain/catalogue.ts'
import type { Applied } from '../storage/changes.ts'
import type { Topic } from './api-device.ts'
import type { Events } from './events.ts'

/** Above this, reading all records anew costs less than reading the changed ones. */
const MOST_KEYS_NAMED = 500

/** Tells screens and the resident catalogue what a page changed. While a first load runs only its progress is told. */
export function announceChanges(events: Pick<Events, 'emit'>, applied: Applied, isLoading: boolean): void {
  if (isLoading) return events.emit({ topics: ['device', 'status'] })
  if (applied.endsLoad) {
    return events.emit({ topics: allTopics, recordKeys: 'all' })
  }
  const { recordKeys, hasOrders, hasFigures } = applied
  const kinds = new Set(recordKeys.map(([kind]) => kind))
  const topics = new Set<Topic>(['status'])
  for (const kind of kinds) for (const topic of topicsOf(kind)) topics.add(topic)
  if (hasOrders) topics.add('orders')
  if (hasFigures) topics.add('sales')
  events.emit({
    topics: [...topics],
    recordKeys: recordKeys.length > MOST_KEYS_NAMED ? 'all' : recordKeys,
  })
}

/** All that speaks of what is stored. */
export const allTopics: readonly Topic[] = [
  'device',
  'status',
  'catalogue',
  'staff',
  'orders',
  'parked',
  'sales',
  'inbox',
]

/** What screens show of records of a kind; nothing of those that only a newer release knows. */
export function topicsOf(kind: RecordKind): readonly Topic[] {
  switch (kind) {
    case 'staff':
      return ['staff', 'catalogue', 'device']
    case 'business':
    case 'store':
    case 'register':
      return ['device', 'catalogue', 'sales']
    case 'category':
    case 'tax-class':
    case 'modifier-set':
    case 'product':
    case 'customer':
      return ['catalogue']
    case 'parked-order':
      return ['parked']
    case 'conflict':
    case 'task':
      return ['inbox']
    default:
      return []
  }
}
