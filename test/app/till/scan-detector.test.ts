import { describe, expect, test } from 'vitest'
import { createScanDetector } from '../../../src/app/till/scan-detector.ts'
import type { KeyReading } from '../../../src/app/till/scan-detector.ts'

/** Feeds a text key by key and then Enter, `gapMs` apart, and answers what the detector says of Enter. */
function typedThenEnter(text: string, gapMs: number): KeyReading {
  const detector = createScanDetector()
  let timeMs = 1000
  for (const key of text) detector.feed(key, (timeMs += gapMs))
  return detector.feed('Enter', timeMs + gapMs)
}

describe('scan detector', () => {
  test('takes thirteen quick digits and Enter for a scan', () => {
    expect(typedThenEnter('4006381333931', 8)).toEqual({ kind: 'scan', text: '4006381333931' })
  })

  test('takes letters, hyphens and capitals after Shift as part of a scan', () => {
    const detector = createScanDetector()
    let timeMs = 0
    for (const key of ['Shift', 'A', 'B', '-', '1', 'Shift', 'C', '2']) detector.feed(key, (timeMs += 10))
    expect(detector.feed('Enter', timeMs + 10)).toEqual({ kind: 'scan', text: 'AB-1C2' })
  })

  test('takes a quick typist for a person', () => {
    expect(typedThenEnter('croissant', 60).kind).toBe('typed')
  })

  test('is not misled by fewer than six quick keys', () => {
    expect(typedThenEnter('12345', 5).kind).toBe('typed')
    expect(typedThenEnter('123456', 5).kind).toBe('scan')
  })

  test('does not take Enter as a scan when it comes late', () => {
    const detector = createScanDetector()
    let timeMs = 0
    for (const key of '12345678') detector.feed(key, (timeMs += 5))
    expect(detector.feed('Enter', timeMs + 400).kind).toBe('typed')
  })

  test('leaves out what a person typed right before the scan', () => {
    const detector = createScanDetector()
    detector.feed('x', 0)
    let timeMs = 500
    for (const key of '96385074') detector.feed(key, (timeMs += 10))
    expect(detector.feed('Enter', timeMs + 10)).toEqual({ kind: 'scan', text: '96385074' })
  })

  test('starts afresh after a scan, so that two in a row are two', () => {
    const detector = createScanDetector()
    let timeMs = 0
    const scan = (text: string) => {
      for (const key of text) detector.feed(key, (timeMs += 6))
      return detector.feed('Enter', (timeMs += 6))
    }
    expect(scan('11111111')).toEqual({ kind: 'scan', text: '11111111' })
    expect(scan('22222222')).toEqual({ kind: 'scan', text: '22222222' })
  })

  test('an arrow or Backspace ends what was collected', () => {
    const detector = createScanDetector()
    let timeMs = 0
    for (const key of ['1', '2', '3', '4', '5', '6', 'Backspace']) detector.feed(key, (timeMs += 6))
    expect(detector.feed('Enter', timeMs + 6).kind).toBe('typed')
  })

  test('says from the second quick key on that no person typed it', () => {
    const detector = createScanDetector()
    expect(detector.feed('1', 0)).toEqual({ kind: 'typed', isFast: false })
    expect(detector.feed('2', 10)).toEqual({ kind: 'typed', isFast: true })
    expect(detector.feed('3', 200)).toEqual({ kind: 'typed', isFast: false })
  })
})
