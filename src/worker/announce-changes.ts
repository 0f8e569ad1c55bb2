import type { RecordKind } from '#domain/catalogue.ts'
import type { Applied } from '../storage/changes.ts'
import type { Topic } from './api.ts'
import type { Events } from './events.ts'

/** Above this, reading all records anew costs less than reading the changed ones. */
const MOST_KEYS_NAMED = 500

/** Tells screens and the resident catalogue what a page changed. While a first load runs only its progress is told. */
export function announceChanges(events: Events, applied: Applied, isLoading: boolean): void {
  if (isLoading) return events.emit({ topics: ['device', 'status'] })
  if (applied.endsLoad) {
    const topics: Topic[] = ['device', 'status', 'catalogue', 'staff', 'orders', 'sales']
    return events.emit({ topics, recordKeys: 'all' })
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

function topicsOf(kind: RecordKind): readonly Topic[] {
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
  }
}
