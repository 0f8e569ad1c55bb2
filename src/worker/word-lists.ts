import { byCodeUnits, placeInOrder } from './in-order.ts'
import type { Steps } from './in-slices.ts'
import { manyOf, type OneOrMany, withOne, withoutOne } from './one-or-many.ts'
import { sortInSteps } from './sort-in-steps.ts'

export type Findable = {
  /** The last round of a search that it came through. */
  met: number
}

export type WordLists<T extends Findable> = {
  add(entry: T): void
  remove(entry: T): void
  withWord(word: string): readonly T[]
  /** Tells of each entry whether every beginning begins one of its words, until the next search. */
  meet(beginnings: readonly string[]): (entry: T) => boolean
}

type WordList<T extends Findable> = { readonly word: string; entries: OneOrMany<T> }

/** Every distinct word in order, with the entries that have it: what begins alike is one stretch. */
export function* buildWordLists<T extends Findable>(
  entries: readonly T[],
  wordsIn: (entry: T) => Iterable<string>,
): Steps<WordLists<T>> {
  const sorted = yield* sortInSteps(yield* listsOf(entries, wordsIn), byWord)
  /** Counts on, so that no entry has to be cleared after a search. */
  let round = 0

  const find = (word: string) => {
    const place = placeInOrder(sorted, { word }, byWord)
    const list = sorted[place]
    return { place, list: list?.word === word ? list : undefined }
  }

  return {
    add(entry) {
      for (const word of wordsIn(entry)) {
        const { place, list } = find(word)
        if (list) list.entries = withOne(list.entries, entry)
        else sorted.splice(place, 0, { word, entries: entry })
      }
    },
    remove(entry) {
      for (const word of wordsIn(entry)) {
        const { place, list } = find(word)
        const left = list && withoutOne(list.entries, entry)
        if (left) list.entries = left
        else if (list) sorted.splice(place, 1)
      }
    },
    withWord: (word) => manyOf(find(word).list?.entries),
    meet(beginnings) {
      // What came through rounds before is below it.
      const start = round + 1
      for (const beginning of beginnings) {
        round += 1
        const meetOne = (entry: T): void => {
          if (round === start || entry.met === round - 1) entry.met = round
        }
        for (let { place } = find(beginning); sorted[place]?.word.startsWith(beginning); place += 1) {
          const { entries: held } = sorted[place]!
          if (Array.isArray(held)) held.forEach(meetOne)
          else meetOne(held)
        }
      }
      const last = round
      return (entry) => entry.met === last
    },
  }
}

function* listsOf<T extends Findable>(
  entries: readonly T[],
  wordsIn: (entry: T) => Iterable<string>,
): Steps<WordList<T>[]> {
  const lists = new Map<string, WordList<T>>()
  const inTurn: WordList<T>[] = []
  for (const entry of entries) {
    for (const word of wordsIn(entry)) {
      const list = lists.get(word)
      if (list) list.entries = withOne(list.entries, entry)
      else {
        const first: WordList<T> = { word, entries: entry }
        lists.set(word, first)
        inTurn.push(first)
      }
    }
    yield
  }
  return inTurn
}

function byWord(one: { readonly word: string }, other: { readonly word: string }): number {
  return byCodeUnits(one.word, other.word)
}
