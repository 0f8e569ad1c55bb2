/** Tells a keyboard-wedge scanner from a person by speed. */
export type ScanDetector = {
  /**
   * One key press, by its `KeyboardEvent.key`, and when it came (ms, any origin).
   * `typed`: a person's key, or not yet told apart; `isFast` when it came too soon after the last for a person.
   * `scan`: this key ended a scan; its text is complete.
   */
  feed(key: string, timeMs: number): KeyReading
}

export type KeyReading =
  { readonly kind: 'typed'; readonly isFast: boolean } | { readonly kind: 'scan'; readonly text: string }

/** Scanners send a key every 1 to 40 ms; nobody types six keys in a row with less than 50 ms between them. */
const MOST_GAP_MS = 50
const FEWEST_CHARACTERS = 6

export function createScanDetector(): ScanDetector {
  let text = ''
  let lastMs = -Infinity

  return {
    feed(key, timeMs) {
      // Scanners press Shift before a capital: it neither ends a scan nor is part of one.
      if (key === 'Shift') return { kind: 'typed', isFast: false }
      const isFast = timeMs - lastMs < MOST_GAP_MS
      lastMs = timeMs
      if (key === 'Enter' || key === 'Tab') {
        const scanned = text
        text = ''
        return isFast && scanned.length >= FEWEST_CHARACTERS
          ? { kind: 'scan', text: scanned }
          : { kind: 'typed', isFast: false }
      }
      if (key.length !== 1) {
        text = ''
        return { kind: 'typed', isFast: false }
      }
      text = isFast ? text + key : key
      return { kind: 'typed', isFast: isFast && text.length > 1 }
    },
  }
}
