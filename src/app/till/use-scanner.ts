import { useEffect, useRef } from 'react'
import { createScanDetector } from './scan-detector.ts'

/** The focused field and its text before a burst of keys, so that a scan leaves nothing behind. */
type FieldBefore = { readonly field: HTMLInputElement | HTMLTextAreaElement; readonly text: string }

/**
 * Calls `onScan` with what a keyboard-wedge scanner read, wherever the focus is. Keys of a scan press nothing, trigger no
 * shortcut, and a field that had the focus gets its text back.
 */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan)
  useEffect(() => {
    latest.current = onScan
  })

  useEffect(() => {
    const detector = createScanDetector()
    let before: FieldBefore | null = null

    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
      const reading = detector.feed(event.key, event.timeStamp)
      if (reading.kind === 'scan') {
        event.preventDefault()
        event.stopImmediatePropagation()
        if (before) putBack(before)
        before = null
        latest.current(reading.text)
      } else if (!reading.isFast) {
        if (event.key !== 'Shift') before = fieldOf(event.target)
      } else if (before === null) {
        // Not in a field, a person's keys are never this fast: a key of a scan must not act as a shortcut.
        event.preventDefault()
        event.stopImmediatePropagation()
      }
    }
    // Before anybody else sees the key.
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [])
}

function fieldOf(target: EventTarget | null): FieldBefore | null {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? { field: target, text: target.value }
    : null
}

/** Through the native setter, so that React hears of the change. */
function putBack({ field, text }: FieldBefore): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
