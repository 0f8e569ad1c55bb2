import { X } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'

const PLAIN_MS = 4_000
const WITH_ACTION_MS = 8_000

export interface ToastMessage {
  text: string
  /** Errors stay until they are closed or their action is taken. */
  tone?: 'plain' | 'error'
  icon?: ReactNode
  action?: { label: string; onPress: () => void }
}

export interface Toasts {
  show: (message: ToastMessage) => void
  /** What went wrong, and what to do. */
  showFailure: (failure: { sentence: string; mend: string }) => void
}

interface Shown extends ToastMessage {
  id: number
}

const ToastContext = createContext<Toasts | null>(null)

export function useToast(): Toasts {
  const toasts = use(ToastContext)
  if (toasts === null) throw new Error('useToast needs a ToastProvider above it')
  return toasts
}

/** One message at a time, at the lower start. A passing message covers an error, which comes back after it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [passing, setPassing] = useState<Shown | null>(null)
  const [error, setError] = useState<Shown | null>(null)
  const nextId = useRef(0)

  const toasts = useMemo<Toasts>(() => {
    const show = (message: ToastMessage) => {
      nextId.current += 1
      const shown = { ...message, id: nextId.current }
      if (message.tone === 'error') {
        setPassing(null)
        setError(shown)
      } else setPassing(shown)
    }
    return {
      show,
      showFailure: ({ sentence, mend }) => show({ text: `${sentence} ${mend}`, tone: 'error' }),
    }
  }, [])
  const drop = useCallback((shown: Shown) => {
    const unless = (current: Shown | null) => (current?.id === shown.id ? null : current)
    setPassing(unless)
    setError(unless)
  }, [])

  return (
    <ToastContext value={toasts}>
      {children}
      <ToastRegion shown={passing ?? error} onDrop={drop} />
    </ToastContext>
  )
}

function ToastRegion({ shown, onDrop }: { shown: Shown | null; onDrop: (shown: Shown) => void }) {
  const { wording } = useLocale()
  const region = useRef<HTMLDivElement>(null)
  const [isHeld, setHeld] = useState(false)

  // The top layer is the only way to stand above a modal dialog; reopening moves it above newer ones.
  useLayoutEffect(() => {
    const element = region.current
    if (element === null || shown === null) return
    element.showPopover()
    return () => element.hidePopover()
  }, [shown])

  useEffect(() => {
    if (shown === null || shown.tone === 'error' || isHeld) return
    const timer = setTimeout(() => onDrop(shown), shown.action ? WITH_ACTION_MS : PLAIN_MS)
    return () => clearTimeout(timer)
  }, [shown, isHeld, onDrop])

  return (
    <div
      ref={region}
      popover="manual"
      className="toast-region"
      role="region"
      aria-label={wording.notifications}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div role="status">{shown && shown.tone !== 'error' && <ToastBox shown={shown} onDrop={onDrop} />}</div>
      <div role="alert">{shown?.tone === 'error' && <ToastBox shown={shown} onDrop={onDrop} />}</div>
    </div>
  )
}

function ToastBox({ shown, onDrop }: { shown: Shown; onDrop: (shown: Shown) => void }) {
  const { wording } = useLocale()
  const { action, tone } = shown
  return (
    <div className={classNames('toast', tone === 'error' && 'error')} key={shown.id}>
      {shown.icon}
      <span className="toast-text">{shown.text}</span>
      {action && (
        <button
          type="button"
          onClick={() => {
            onDrop(shown)
            action.onPress()
          }}
        >
          {action.label}
        </button>
      )}
      {tone === 'error' && (
        <button
          type="button"
          className="toast-close"
          aria-label={wording.close}
          onClick={() => onDrop(shown)}
        >
          <Icon of={X} />
        </button>
      )}
    </div>
  )
}
