type Compare<T> = (one: T, other: T) => number

export function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** The first place in a sorted list that does not stand before this one. */
export function placeInOrder<T>(sorted: readonly T[], sought: T, compare: Compare<T>): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle]!, sought) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export function addInOrder<T>(sorted: T[], added: T, compare: Compare<T>): void {
  sorted.splice(placeInOrder(sorted, added, compare), 0, added)
}

/** Takes out the one that is equal to it, and answers it. */
export function removeInOrder<T>(sorted: T[], sought: T, compare: Compare<T>): T | undefined {
  const place = placeInOrder(sorted, sought, compare)
  const found = sorted[place]
  if (found === undefined || compare(found, sought) !== 0) return undefined
  sorted.splice(place, 1)
  return found
}
