import { useEffect, useLayoutEffect, useRef } from 'react'
import { createScanDetector } from './scan-detector.ts'

/** The focused field and its text before a burst of keys, so that a scan leaves nothing behind. */
type FieldBefore = { readonly field: HTMLInputElement | HTMLTextAreaElement; readonly text: string }

/** Quick keys are held this long: a scan has ended by then or sent the next key. */
const HOLD_MS = 65

/**
 * Calls `onScan` with what a keyboard-wedge scanner read, wherever the focus is. Keys of a scan press nothing, trigger no
 * shortcut, and a field that had the focus gets its text back. Two quick keys of a person reach their target a moment later.
 */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan)
  useEffect(() => {
    latest.current = onScan
  })

  // With the screen, not after it: who sees the till may scan.
  useLayoutEffect(() => {
    const detector = createScanDetector()
    const held = createHeldKeys()
    let before: FieldBefore | null = null

    const press = (event: KeyboardEvent) => {
      if (held.isReleasing() || event.isComposing || event.repeat) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const reading = detector.feed(event.key, event.timeStamp)
      if (reading.kind === 'scan') {
        swallow(event)
        held.drop()
        if (before) putBack(before)
        before = null
        latest.current(reading.text)
      } else if (!reading.isFast) {
        held.release()
        if (event.key !== 'Shift') before = fieldOf(event.target)
      } else {
        // The key before may have moved the focus into a field, such as "/" into the search.
        before ??= fieldOf(event.target)
        if (before !== null) return
        swallow(event)
        held.hold(event)
      }
    }
    // Before anybody else sees the key.
    addEventListener('keydown', press, { capture: true })
    return () => {
      removeEventListener('keydown', press, { capture: true })
      held.drop()
    }
  }, [])
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Keys outside of fields that may belong to a scan. */
function createHeldKeys() {
  let keys: { target: EventTarget; init: KeyboardEventInit }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReleasing = false

  const release = () => {
    clearTimeout(timer)
    const due = keys
    keys = []
    isReleasing = true
    for (const { target, init } of due) target.dispatchEvent(new KeyboardEvent('keydown', init))
    isReleasing = false
  }
  return {
    isReleasing: () => isReleasing,
    hold({ target, key, code, shiftKey }: KeyboardEvent) {
      if (target) keys.push({ target, init: { key, code, shiftKey, bubbles: true, cancelable: true } })
      clearTimeout(timer)
      timer = setTimeout(release, HOLD_MS)
    },
    release,
    drop() {
      clearTimeout(timer)
      keys = []
    },
  }
}

function fieldOf(target: EventTarget | null): FieldBefore | null {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? { field: target, text: target.value }
    : null
}

/** Through the native setter, so that React hears of the change. */
function putBack({ field, text }: FieldBefore): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
