/** The codes of one journal that were read so far, by their place in the row. */
export type Collected = {
  readonly id: string
  readonly count: number
  readonly texts: ReadonlyMap<number, string>
}

const shape = /^evertill1 (\S+) (\d{1,5}) (\d{1,5}) /

/**
 * Takes a code in; codes come in any sequence and many times. What is no code of a journal changes nothing; a code of
 * another journal begins that one.
 */
export function collectFrame(before: Collected | null, text: string): Collected | null {
  const [, id, placeText, countText] = shape.exec(text) ?? []
  if (id === undefined) return before
  const [place, count] = [Number(placeText), Number(countText)]
  if (place < 1 || place > count) return before
  if (before === null || before.id !== id || before.count !== count)
    return { id, count, texts: new Map([[place, text]]) }
  if (before.texts.has(place)) return before
  return { ...before, texts: new Map([...before.texts, [place, text]]) }
}

export function missingPlaces({ count, texts }: Collected): number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((place) => !texts.has(place))
}

export function joinFrames({ texts }: Collected): string {
  return [...texts.values()].join('\n')
}
