import type { Staff } from '#domain/catalogue.ts'
import { haveWords, wordsOf } from '#domain/search-words.ts'

export type StaffFilter = {
  readonly text: string
  readonly state: 'working' | 'dismissed' | 'all'
  /** Null: of any store. */
  readonly storeId: string | null
}

export function filterStaff(
  staff: readonly Staff[],
  { text, state, storeId }: StaffFilter,
): readonly Staff[] {
  const asked = wordsOf(text)
  return staff.filter(
    (person) =>
      (state === 'all' || person.isActive === (state === 'working')) &&
      (storeId === null || person.storeIds.length === 0 || person.storeIds.includes(storeId)) &&
      haveWords(wordsOf(person.name), asked),
  )
}

const mostNamed = 2

/** Where somebody works: `All stores`, `Airport, Mill Lane and 3 more`. */
export function storeWords(storeIds: readonly string[], names: ReadonlyMap<string, string>): string {
  if (storeIds.length === 0) return 'All stores'
  const known = storeIds.flatMap((storeId) => names.get(storeId) ?? [])
  const more = storeIds.length - Math.min(known.length, mostNamed)
  const named = known.slice(0, mostNamed).join(', ')
  if (named === '') return more === 1 ? '1 store' : `${more} stores`
  return more === 0 ? named : `${named} and ${more} more`
}
