import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUuid, uuidV7, uuidV8FromHash } from '#domain/id.ts'

const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 })
const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 })

describe('Ids', () => {
  test('the example of RFC 9562, appendix A.6', () => {
    const random = Uint8Array.from([
      0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f,
    ])
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  test('are UUIDs of their version and variant, and leave the bytes given as they were', () => {
    fc.assert(
      fc.property(instants, bytes16, (nowMs, bytes) => {
        const before = [...bytes]
        expect(uuidV7(nowMs, bytes)).toMatch(/^.{14}7.{4}[89ab]/)
        expect(uuidV8FromHash(bytes)).toMatch(/^.{14}8.{4}[89ab]/)
        expect([uuidV7(nowMs, bytes), uuidV8FromHash(bytes)].every(isUuid)).toBe(true)
        expect([...bytes]).toEqual(before)
      }),
    )
  })

  test('of version 7 sort by time', () => {
    fc.assert(
      fc.property(instants, instants, bytes16, bytes16, (first, second, a, b) => {
        fc.pre(first < second)
        expect(uuidV7(first, a) < uuidV7(second, b)).toBe(true)
      }),
    )
  })

  test('from a hash are the same each time, and a short hash is refused', () => {
    const hash = Uint8Array.from({ length: 32 }, (_, index) => index)
    expect(uuidV8FromHash(hash)).toBe('00010203-0405-8607-8809-0a0b0c0d0e0f')
    expect(() => uuidV8FromHash(hash.slice(0, 15))).toThrow(RangeError)
  })

  test.each(['', 'order-1', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F', '017f22e279b07cc398c4dc0c0c07398f'])(
    '%j is not one',
    (text) => {
      expect(isUuid(text)).toBe(false)
    },
  )
})
