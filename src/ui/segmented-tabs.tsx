import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { classNames } from './class-names.ts'
import { directionOf, useLocale } from './locale.tsx'

export interface Segment<V extends string> {
  value: V
  label: string
  count?: number
}

/** One of a few, all in sight: a choice (default), or the tabs of panels that follow. */
export function SegmentedTabs<V extends string>({
  label,
  value,
  options,
  onChange,
  as = 'choice',
  size = 'touch',
  className,
}: {
  label: string
  value: V
  options: readonly Segment<V>[]
  onChange: (value: V) => void
  as?: 'choice' | 'tabs'
  size?: 'touch' | 'small'
  className?: string
}) {
  const group = useRef<HTMLDivElement>(null)
  const { locale } = useLocale()
  const isTabs = as === 'tabs'

  const moveTo = (index: number) => {
    const option = options[(index + options.length) % options.length]
    if (!option) return
    onChange(option.value)
    const button = group.current?.children[options.indexOf(option)]
    if (button instanceof HTMLElement) button.focus()
  }
  const pressKey = (event: KeyboardEvent) => {
    const at = options.findIndex((option) => option.value === value)
    const forward = directionOf(locale) === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
    if (event.key === forward || event.key === 'ArrowDown') moveTo(at + 1)
    else if (event.key === backward || event.key === 'ArrowUp') moveTo(at - 1)
    else if (event.key === 'Home') moveTo(0)
    else if (event.key === 'End') moveTo(options.length - 1)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={group}
      role={isTabs ? 'tablist' : 'radiogroup'}
      aria-label={label}
      className={classNames('segments', size === 'small' && 'size-small', className)}
      onKeyDown={pressKey}
    >
      {options.map((option) => {
        const isChosen = option.value === value
        return (
          <button
            key={option.value}
            type="button"
            role={isTabs ? 'tab' : 'radio'}
            {...(isTabs ? { 'aria-selected': isChosen } : { 'aria-checked': isChosen })}
            tabIndex={isChosen ? 0 : -1}
            onClick={() => onChange(option.value)}
          >
            {option.label}
            {option.count !== undefined && <span className="count figure">{option.count}</span>}
          </button>
        )
      })}
    </div>
  )
}
