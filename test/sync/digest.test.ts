import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestKeys, digestOf, digestText, emptyDigest, joinDigests } from '#sync/digest.ts'

const rows = fc.uniqueArray(fc.record({ key: fc.string(), v: fc.nat() }), {
  selector: ({ key, v }) => `${key}@${v}`,
  maxLength: 20,
})

describe('[I9] the digest of a set of rows', () => {
  test('is the exclusive or of the first 64 bits of their MD5', () => {
    const bits = (text: string) => BigInt(`0x${createHash('md5').update(text).digest('hex').slice(0, 16)}`)
    const expected = bits('product/p1@5') ^ bits('order/o1@6')
    const digest = digestOf([
      { key: digestKeys.record('product', 'p1'), v: 5 },
      { key: digestKeys.order('o1'), v: 6 },
    ])
    expect(digestText(digest)).toBe(expected.toString(16).padStart(16, '0'))
  })

  test('depends neither on the sequence nor on how the set is cut', () => {
    fc.assert(
      fc.property(rows, fc.nat(20), (set, at) => {
        const parts = joinDigests(digestOf(set.slice(at)), digestOf(set.slice(0, at)))
        expect(parts).toEqual(digestOf(set.toReversed()))
      }),
    )
  })

  test('of no rows is nothing', () => {
    expect(digestOf([])).toEqual(emptyDigest)
  })

  test('notices a row that is missing, and one at another version', () => {
    fc.assert(
      fc.property(rows, (set) => {
        fc.pre(set.length > 0)
        const [first, ...others] = set
        expect(digestOf(others)).not.toEqual(digestOf(set))
        expect(digestOf([{ ...first!, v: first!.v + 1 }, ...others])).not.toEqual(digestOf(set))
      }),
    )
  })
})
