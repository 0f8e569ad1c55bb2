import { createHash } from 'node:crypto'
import { uuidV7, uuidV8FromHash } from '#domain/id.ts'

/** Chance that can be had again: the same key gives the same numbers, on every machine. */
export type Random = {
  /** 0 ≤ x < 1. */
  next(): number
  /** True in `share` of all cases. */
  isChance(share: number): boolean
  /** A whole number, 0 ≤ n < `below`. */
  int(below: number): number
  pick<Item>(items: readonly Item[]): Item
  /** An index into weights that are given as running sums: the last is the sum of all. */
  weighted(runningSums: readonly number[]): number
  /** Bell-shaped around 0 with a deviation of about 1. */
  bell(): number
  /** An id that sorts by time. */
  idAt(epochMs: number): string
}

/** The generator is sfc32 (PractRand, public domain), its state the SHA-256 of the key. */
export function createRandom(...key: readonly (string | number)[]): Random {
  const hash = hashOfKey(key)
  let [a, b, c, counter] = [0, 4, 8, 12].map((offset) => hash.readInt32LE(offset)) as [
    number,
    number,
    number,
    number,
  ]
  const nextUint32 = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + mixed
    c |= 0
    return mixed >>> 0
  }
  const next = (): number => nextUint32() / 4_294_967_296
  const bytes = Buffer.alloc(16)
  return {
    next,
    isChance: (share) => next() < share,
    int: (below) => Math.floor(next() * below),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted(runningSums) {
      const drawn = next() * runningSums.at(-1)!
      return runningSums.findIndex((sum) => drawn < sum)
    },
    bell: () => next() + next() + next() + next() + next() + next() - 3 + (next() - 0.5),
    idAt(epochMs) {
      for (let offset = 4; offset < 16; offset += 4) bytes.writeUInt32LE(nextUint32(), offset)
      return uuidV7(epochMs, bytes)
    },
  }
}

/** The id of something that the demo makes once, such as a product: the same name, the same id. */
export function idOf(...name: readonly (string | number)[]): string {
  return uuidV8FromHash(hashOfKey(name))
}

export function runningSumsOf(weights: readonly number[]): number[] {
  let sum = 0
  return weights.map((weight) => (sum += weight))
}

function hashOfKey(key: readonly (string | number)[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(['evertill demo', ...key]))
    .digest()
}
