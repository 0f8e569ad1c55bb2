import { addInOrder, byCodeUnits, placeInOrder, removeInOrder } from './in-order.ts'

export type Findable = {
  /** The last round of a search that it came through. */
  met: number
}

export type WordLists<T extends Findable> = {
  add(entry: T): void
  remove(entry: T): void
  /** Tells of each entry whether every beginning begins one of its words, until the next search. */
  meet(beginnings: readonly string[]): (entry: T) => boolean
}

/** Every distinct word in order, with the entries that have it: what begins alike is one stretch. */
export function createWordLists<T extends Findable>(
  entries: readonly T[],
  wordsIn: (entry: T) => Iterable<string>,
): WordLists<T> {
  const lists = new Map<string, T[]>()
  for (const entry of entries) {
    for (const word of wordsIn(entry)) {
      const list = lists.get(word)
      if (list) list.push(entry)
      else lists.set(word, [entry])
    }
  }
  const sorted = [...lists.keys()].sort(byCodeUnits)
  /** Counts on, so that no entry has to be cleared after a search. */
  let round = 0

  return {
    add(entry) {
      for (const word of wordsIn(entry)) {
        const list = lists.get(word)
        if (list) list.push(entry)
        else {
          lists.set(word, [entry])
          addInOrder(sorted, word, byCodeUnits)
        }
      }
    },
    remove(entry) {
      for (const word of wordsIn(entry)) {
        const list = lists.get(word)!
        if (list.length > 1) list.splice(list.indexOf(entry), 1)
        else {
          lists.delete(word)
          removeInOrder(sorted, word, byCodeUnits)
        }
      }
    },
    meet(beginnings) {
      // What came through rounds before is below it.
      const start = round + 1
      for (const beginning of beginnings) {
        round += 1
        let place = placeInOrder(sorted, beginning, byCodeUnits)
        for (; sorted[place]?.startsWith(beginning); place += 1)
          for (const entry of lists.get(sorted[place]!)!)
            if (round === start || entry.met === round - 1) entry.met = round
      }
      const last = round
      return (entry) => entry.met === last
    },
  }
}
