import { useCallback, useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const STORAGE_KEY = 'evertill.theme'
const listeners = new Set<() => void>()

/** Call first thing in main.tsx, before the first paint. */
export function applyStoredTheme(): void {
  applyTheme(storedTheme())
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, currentTheme)
  const setTheme = useCallback((next: Theme) => {
    try {
      localStorage.setItem(STORAGE_KEY, next)
    } catch {
      // Storage can be blocked or full; the choice then lasts until the page closes.
    }
    applyTheme(next)
    for (const listener of listeners) listener()
  }, [])
  return [theme, setTheme]
}

function storedTheme(): Theme {
  try {
    return themeFrom(localStorage.getItem(STORAGE_KEY))
  } catch {
    return 'system'
  }
}

function currentTheme(): Theme {
  return themeFrom(document.documentElement.dataset.theme)
}

function themeFrom(text: string | null | undefined): Theme {
  return text === 'light' || text === 'dark' ? text : 'system'
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
