import { Delete } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import { useLocale } from './locale.tsx'

const ROWS = {
  amount: ['7', '8', '9', '4', '5', '6', '1', '2', '3'],
  pin: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
} as const

export interface KeypadProps {
  /** One digit, or "00" from its own key. */
  onDigit: (digits: string) => void
  onDelete: () => void
  /** Escape on a keyboard. */
  onClear?: () => void
  /** Enter on a keyboard. */
  onEnter?: () => void
  /** 7-8-9 on top for amounts, 1-2-3 on top for a PIN. */
  layout?: 'amount' | 'pin'
  /** The lower start corner: by default "00" for amounts and nothing for a PIN. */
  corner?: ReactNode
  /** Listens to the keyboard, unless a field has the focus. */
  hardware?: boolean
  off?: boolean
  label?: string
  className?: string
}

/** Digits and delete. What the digits mean is the owner's matter. */
export function Keypad(props: KeypadProps) {
  const { onDigit, onDelete, layout = 'amount', corner, off = false, label, className } = props
  const { wording } = useLocale()
  useHardwareKeys(props)
  const digitKey = (digits: string) => (
    <Key
      key={digits}
      className="figure"
      aria-disabled={off || undefined}
      onPress={() => {
        if (!off) onDigit(digits)
      }}
    >
      {digits}
    </Key>
  )
  return (
    <div
      className={classNames('keypad', off && 'off', className)}
      role="group"
      aria-label={label ?? wording.keypad}
    >
      {ROWS[layout].map(digitKey)}
      {corner ?? (layout === 'amount' ? digitKey('00') : <span />)}
      {digitKey('0')}
      <Key
        label={wording.deleteDigit}
        icon={<Icon of={Delete} size={24} />}
        aria-disabled={off || undefined}
        onPress={() => {
          if (!off) onDelete()
        }}
      />
    </div>
  )
}

function useHardwareKeys(props: KeypadProps): void {
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const isListening = (props.hardware ?? true) && !props.off

  useEffect(() => {
    if (!isListening) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      const { onDigit, onDelete, onClear, onEnter } = latest.current
      // Enter on a focused key presses that key.
      const isOnKey = event.target instanceof HTMLButtonElement
      if (/^[0-9]$/.test(event.key)) onDigit(event.key)
      else if (event.key === 'Backspace') onDelete()
      else if (event.key === 'Enter' && onEnter && !isOnKey) onEnter()
      else if ((event.key === 'Escape' || event.key === 'Delete') && onClear) onClear()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isListening])
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}
