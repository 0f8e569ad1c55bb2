import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'

export type KeyVariant = 'rest' | 'lit' | 'main' | 'flat' | 'danger'
export type KeySize = 'small' | 'touch' | 'key' | 'primary'

export interface KeyProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  variant?: KeyVariant
  size?: KeySize
  /** A toggle: sets aria-pressed. */
  pressed?: boolean
  /** The label stays, a spinner joins it, presses are ignored. */
  busy?: boolean
  icon?: ReactNode
  /** Why it can't be used now; being set switches the key off, but it can still be focused and read. */
  offReason?: string | null | undefined
  /** As wide as high: give an icon and a `label`. */
  square?: boolean
  /** The spoken name, for keys with an icon only. */
  label?: string
  onPress?: () => void
  ref?: Ref<HTMLButtonElement>
}

export function keyClass(variant: KeyVariant = 'rest', size: KeySize = 'touch', square = false): string {
  return classNames(
    'key',
    variant !== 'rest' && variant,
    size !== 'touch' && `size-${size}`,
    square && 'square',
  )
}

export function Key({
  variant = 'rest',
  size = 'touch',
  pressed,
  busy = false,
  icon,
  offReason,
  square = false,
  label,
  onPress,
  onClick,
  className,
  children,
  ...rest
}: KeyProps) {
  const isOff = Boolean(offReason)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff || busy) {
      event.preventDefault()
      return
    }
    onClick?.(event)
    onPress?.()
  }
  return (
    <button
      type="button"
      title={offReason || (square ? label : undefined)}
      {...rest}
      className={classNames(keyClass(variant, size, square), isOff && 'off', className)}
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={isOff || busy || rest['aria-disabled']}
      aria-busy={busy || undefined}
      onClick={press}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon}
      <KeyLabel offReason={offReason || ''} visible={size === 'primary'}>
        {children}
      </KeyLabel>
    </button>
  )
}

function KeyLabel({
  offReason,
  visible,
  children,
}: {
  offReason: string
  visible: boolean
  children: ReactNode
}) {
  if (offReason === '') return children
  if (!visible) {
    return (
      <>
        {children}
        <span className="sr-only">. {offReason}</span>
      </>
    )
  }
  return (
    <span className="key-label">
      {children}
      <span className="why">{offReason}</span>
    </span>
  )
}
