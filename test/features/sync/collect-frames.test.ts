import { describe, expect, test } from 'vitest'
import {
  collectFrame,
  type Collected,
  joinFrames,
  missingPlaces,
} from '../../../src/features/sync/collect-frames.ts'
import { fromFrames, toFrames } from '../../../src/worker/journal-frames.ts'

const packed = 'QUJD'.repeat(700)
const frames = toFrames(packed)
const collect = (texts: readonly string[]) => texts.reduce<Collected | null>(collectFrame, null)

describe('the codes of a journal', () => {
  test('[C6] come in any sequence and many times, and are the journal when all are there', () => {
    expect(frames.length).toBeGreaterThan(3)
    const collected = collect([...frames.toReversed(), ...frames])!

    expect(missingPlaces(collected)).toEqual([])
    expect(fromFrames(joinFrames(collected).split('\n'))).toEqual({ ok: true, value: packed })
  })

  test('say which are missing', () => {
    const collected = collect([frames[3]!, frames[1]!])!
    expect(collected.count).toBe(frames.length)
    expect(missingPlaces(collected)).toEqual(
      frames.map((_, index) => index + 1).filter((place) => place !== 2 && place !== 4),
    )
  })

  test('one that is known already changes nothing, so that nothing is drawn again', () => {
    const before = collect([frames[0]!])
    expect(collectFrame(before, frames[0]!)).toBe(before)
  })

  test.each([
    '',
    'https://example.com/',
    'evertill1 abc 5 3 00000000 AAAA',
    'evertill1 abc 0 3 00000000 AAAA',
  ])('what is no code of a journal changes nothing: %s', (text) => {
    const before = collect([frames[0]!])
    expect(collectFrame(before, text)).toBe(before)
    expect(collectFrame(null, text)).toBeNull()
  })

  test('those of another journal begin that one', () => {
    const others = toFrames('REVG'.repeat(700))
    expect(joinFrames(collect([...frames, ...others])!)).toBe(others.join('\n'))
  })
})
