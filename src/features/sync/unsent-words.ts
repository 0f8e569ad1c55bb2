import type { UnsentCard } from '../../worker/api-device.ts'

/** What a person did, as they would call it. */
export function unsentWords({ kind, receiptNumber, totalMinor, recordName }: UnsentCard): string {
  switch (kind) {
    case 'order.paid':
      return [totalMinor !== null && totalMinor < 0 ? 'Refund' : 'Sale', receiptNumber]
        .filter(Boolean)
        .join(' ')
    case 'record.edited':
      return recordName === null ? 'Change' : `Change: ${recordName}`
    default:
      return words[kind] ?? 'Entry'
  }
}

const words: Readonly<Record<string, string>> = {
  'order.parked': 'Parked order',
  'order.voided': 'Discarded order',
  'shift.opened': 'Shift opened',
  'shift.closed': 'Shift closed',
  'cash.moved': 'Cash in or out',
  'stock.counted': 'Stock count',
  'stock.moved': 'Stock in or out',
  'conflict.settled': 'Decision',
  'task.done': 'Task done',
}
