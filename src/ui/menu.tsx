import { Check, ChevronDown } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { AnchoredPopover } from './anchored-popover.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import type { KeySize, KeyVariant } from './key.tsx'

export interface MenuItem {
  key: string
  label: string
  icon?: ReactNode
  note?: string
  tone?: 'plain' | 'critical'
  /** Makes it one of a set of choices, with a tick when true. */
  chosen?: boolean
  offReason?: string
  onPress: () => void
}

export interface MenuProps {
  /** The spoken name; also the visible one without a `trigger`. */
  label: string
  /** What stands on the key; give an icon alone together with `square`. */
  trigger?: ReactNode
  items: readonly MenuItem[]
  size?: KeySize
  variant?: KeyVariant
  square?: boolean
  align?: 'start' | 'end'
  className?: string
}

export function Menu({
  label,
  trigger,
  items,
  size = 'touch',
  variant = 'rest',
  square = false,
  align = 'start',
  className,
}: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const menuId = useId()
  const close = (giveFocusBack: boolean) => {
    setOpen(false)
    if (giveFocusBack) anchor.current?.focus()
  }
  return (
    <>
      <Key
        ref={anchor}
        variant={variant}
        size={size}
        square={square}
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        {...(square || trigger !== undefined ? { label } : {})}
        onPress={() => setOpen(!isOpen)}
      >
        {trigger ?? label}
        {!square && <Icon of={ChevronDown} size={16} />}
      </Key>
      {isOpen && (
        <AnchoredPopover
          anchor={anchor}
          align={align}
          className="menu-list"
          onPressElsewhere={() => close(false)}
        >
          <MenuList id={menuId} label={label} items={items} onClose={close} />
        </AnchoredPopover>
      )}
    </>
  )
}

function MenuList({
  id,
  label,
  items,
  onClose,
}: {
  id: string
  label: string
  items: readonly MenuItem[]
  onClose: (giveFocusBack: boolean) => void
}) {
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const first =
      list.current?.querySelector<HTMLElement>('[aria-checked="true"]') ?? list.current?.firstElementChild
    if (first instanceof HTMLElement) first.focus()
  }, [])

  return (
    <div
      ref={list}
      id={id}
      role="menu"
      aria-label={label}
      onKeyDown={(event) => handleMenuKey(event, list.current, onClose)}
    >
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          tabIndex={-1}
          role={item.chosen === undefined ? 'menuitem' : 'menuitemradio'}
          aria-checked={item.chosen}
          aria-disabled={item.offReason ? true : undefined}
          className={classNames('menu-item', item.tone === 'critical' && 'critical')}
          onClick={() => {
            if (item.offReason) return
            onClose(true)
            item.onPress()
          }}
        >
          {item.icon}
          <span className="menu-text">
            {item.label}
            {(item.offReason ?? item.note) !== undefined && <small>{item.offReason ?? item.note}</small>}
          </span>
          {item.chosen && <Icon of={Check} size={16} />}
        </button>
      ))}
    </div>
  )
}

function handleMenuKey(
  event: KeyboardEvent,
  list: HTMLElement | null,
  onClose: (giveFocusBack: boolean) => void,
): void {
  const items = [...(list?.children ?? [])] as HTMLElement[]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const moves: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const next = moves[event.key]
  if (next !== undefined) {
    event.preventDefault()
    items[next]?.focus()
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    if (event.key === 'Escape') event.preventDefault()
    event.stopPropagation()
    onClose(true)
  }
}
