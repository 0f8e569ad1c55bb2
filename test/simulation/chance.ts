/** A stream of chance: the same numbers gives the same stream, wherever it is used. */
export type Chance = {
  /** 0…1, 1 excluded. */
  next(): number
  /** 0…below − 1. */
  int(below: number): number
  pick<T>(from: readonly T[]): T
  /** Once in `times`, on average. */
  oneIn(times: number): boolean
  bytes16(): Uint8Array
}

/** sfc32 (PractRand's small fast counter), seeded with up to three numbers. */
export function chanceOf(one: number, two = 0, three = 0): Chance {
  let [a, b, c, counter] = [one | 0, two | 0, three | 0, 1]
  const next32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 12; round += 1) next32()
  const next = (): number => next32() / 2 ** 32
  const int = (below: number): number => Math.floor(next() * below)
  return {
    next,
    int,
    pick: (from) => from[int(from.length)]!,
    oneIn: (times) => int(times) === 0,
    bytes16: () => {
      const words = Uint32Array.of(next32(), next32(), next32(), next32())
      return new Uint8Array(words.buffer)
    },
  }
}
