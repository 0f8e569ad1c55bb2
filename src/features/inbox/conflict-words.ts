import { formatMoney, formatNumber, formatPercent } from '../../ui/format.ts'
import type { ConflictCard } from '../../worker/api-editing.ts'

/** A value of a conflict as a person knows it; null where there is none. */
export function valueText(conflict: ConflictCard, value: unknown, locale: string): string {
  if (value === null || value === undefined) return conflict.field === '' ? 'Deleted' : 'None'
  const { code, exponent } = conflict.currency
  if (conflict.valueLook === 'money' && typeof value === 'number')
    return formatMoney(value, code, exponent, locale)
  if (conflict.valueLook === 'rate' && typeof value === 'number')
    return formatPercent(value / 10_000, locale, { decimals: value % 100 === 0 ? 0 : 2 })
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return formatNumber(value, locale)
  if (typeof value === 'string') return value === '' ? 'Empty' : value
  if (Array.isArray(value)) return value.length === 0 ? 'None' : value.map(String).join(', ')
  const name: unknown = value instanceof Object && 'name' in value ? value.name : null
  return typeof name === 'string' && name !== '' ? name : 'As edited'
}

export function conflictTitle(conflict: ConflictCard): string {
  if (conflict.reason === 'not-permitted') return `A change of ${conflict.recordName} to approve`
  if (conflict.field === '' || conflict.outcome === 'deleted')
    return `${conflict.recordName}: deleted and edited`
  return conflict.valueLook === 'money'
    ? `Two prices for ${conflict.recordName}`
    : `${conflict.fieldName}: two versions`
}

/** What the list says, in short; the page says it in whole. */
export function conflictText(conflict: ConflictCard, locale: string, form: 'short' | 'whole'): string {
  const mine = valueText(conflict, conflict.mine, locale)
  const theirs = valueText(conflict, conflict.theirs, locale)
  const mineBy = conflict.mineByName ?? 'someone'
  const theirsBy = conflict.theirsByName ?? 'someone else'
  if (conflict.state === 'settled')
    return `Decided by ${conflict.settledByName ?? 'someone'}: ${conflict.kept === 'mine' ? mine : theirs}.`
  if (conflict.reason === 'not-permitted')
    return `${mineBy} wants ${mine} instead of ${theirs}, and may not change it alone.`
  if (conflict.outcome === 'deleted') return `${theirsBy} deleted it while ${mineBy} was changing it.`
  const inUse = conflict.outcome === 'refused' ? theirs : mine
  if (form === 'short') return `${mine} by ${mineBy}, ${theirs} by ${theirsBy}. ${inUse} holds.`
  return `${mine} by ${mineBy}, ${theirs} by ${theirsBy}, neither seeing the other. ${inUse} holds until you decide.`
}

/** A key names its result; where that is long, the panel above it says it. */
export function keyText(conflict: ConflictCard, which: 'mine' | 'theirs', locale: string): string {
  const isKept = valueInUse(conflict) === which
  if (conflict.outcome === 'deleted')
    return which === 'mine' ? 'Bring it back' : isKept ? 'Leave it deleted' : 'Delete it'
  if (isNothing(conflict[which])) return isKept ? 'Keep it empty' : 'Leave it empty'
  const value = valueText(conflict, conflict[which], locale)
  return `${isKept ? 'Keep' : 'Use'} ${value.length <= 10 ? value : 'this'}`
}

/** Whether the field is empty with this value. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Which of the two stands in the record. */
export function valueInUse(conflict: ConflictCard): 'mine' | 'theirs' {
  if (conflict.kept !== null) return conflict.kept
  return conflict.outcome === 'overwritten' ? 'mine' : 'theirs'
}
