import { useEffect, useLayoutEffect, useRef } from 'react'

export interface Shortcuts {
  search: () => void
  park: () => void
  charge: () => void
  lock: () => void
  help: () => void
  changeQuantity: (byMilli: number) => void
  removeLine: () => void
}

/** The till's keyboard. Plain characters act only while nobody types, and nothing acts behind an open dialog. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })

  // With the screen, not after it: who sees the till may press.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog:modal')) return
      const action = actionOf(event, latest.current)
      if (!action) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

function actionOf(event: KeyboardEvent, shortcuts: Shortcuts): (() => void) | undefined {
  if (event.altKey) return undefined
  if (event.ctrlKey || event.metaKey) return event.key === 'Enter' ? shortcuts.charge : undefined
  switch (event.key) {
    case 'F2':
      return shortcuts.search
    case 'F4':
      return shortcuts.lock
    case 'F8':
      return shortcuts.park
    case 'F9':
      return shortcuts.charge
  }
  return isTyping(event) ? undefined : characterAction(event.key, shortcuts)
}

function characterAction(key: string, shortcuts: Shortcuts): (() => void) | undefined {
  switch (key) {
    case '/':
      return shortcuts.search
    case '?':
      return shortcuts.help
    case '+':
      return () => shortcuts.changeQuantity(1000)
    case '-':
      return () => shortcuts.changeQuantity(-1000)
    case 'Delete':
      return shortcuts.removeLine
    default:
      return undefined
  }
}

function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
}
