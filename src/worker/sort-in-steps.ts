import type { Steps } from './in-slices.ts'

type Compare<T> = (one: T, other: T) => number

/** What takes a fraction of a millisecond to sort, and far less to merge. */
const stepLength = 512

/** A sorted copy; what is equal stays in its order. Short runs are sorted as they are, then merged two by two. */
export function* sortInSteps<T>(items: readonly T[], compare: Compare<T>): Steps<T[]> {
  let runs: T[][] = []
  for (let start = 0; start < items.length; start += stepLength) {
    runs.push(items.slice(start, start + stepLength).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const longer: T[][] = []
    for (let place = 0; place < runs.length; place += 2) {
      const [one, other = []] = runs.slice(place, place + 2) as [T[], T[]?]
      // Nearly in order already, as most lists are that are sorted again.
      const isInOrder = other.length === 0 || compare(one.at(-1)!, other[0]!) <= 0
      const merged: T[] = isInOrder ? [...one, ...other] : []
      for (let taken = 0; merged.length < one.length + other.length; yield)
        taken = mergeOn(merged, one, other, taken, compare)
      longer.push(merged)
      yield
    }
    runs = longer
  }
  return runs[0] ?? []
}

/** One step further; `taken` are in already of the first, and answers how many then are. */
function mergeOn<T>(
  merged: T[],
  one: readonly T[],
  other: readonly T[],
  taken: number,
  compare: Compare<T>,
): number {
  let left = taken
  let right = merged.length - taken
  const end = Math.min(merged.length + stepLength, one.length + other.length)
  for (let place = merged.length; place < end; place += 1) {
    const isLeft = right === other.length || (left < one.length && compare(one[left]!, other[right]!) <= 0)
    merged.push(isLeft ? one[left++]! : other[right++]!)
  }
  return left
}
