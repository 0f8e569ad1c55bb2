import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { FieldNote } from './field.tsx'
import { Icon } from './icon.tsx'
import { keyClass } from './key.tsx'
import type { KeySize } from './key.tsx'

export interface SelectOption<V extends string> {
  value: V
  label: string
  group?: string
}

export interface SelectProps<V extends string> {
  label: string
  value: V
  options: readonly SelectOption<V>[]
  onChange: (value: V) => void
  hint?: ReactNode
  error?: ReactNode
  hideLabel?: boolean
  /** A field in a form, or a key in a bar of filters (then the label is only spoken). */
  look?: 'field' | 'key'
  size?: KeySize
  disabled?: boolean
  className?: string
}

/** The platform's own list: right on every device, with a keyboard and with a screen reader. */
export function Select<V extends string>({
  label,
  value,
  options,
  onChange,
  hint,
  error,
  hideLabel = false,
  look = 'field',
  size = 'small',
  disabled = false,
  className,
}: SelectProps<V>) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = Boolean(error || hint)
  const select = (
    <select
      id={id}
      value={value}
      disabled={disabled}
      aria-invalid={error ? true : undefined}
      aria-describedby={hasNote ? noteId : undefined}
      className={look === 'key' ? keyClass('rest', size) : undefined}
      onChange={(event) => onChange(event.target.value as V)}
    >
      {grouped(options).map(([group, members]) =>
        group === '' ? (
          members.map((option) => <Option key={option.value} option={option} />)
        ) : (
          <optgroup key={group} label={group}>
            {members.map((option) => (
              <Option key={option.value} option={option} />
            ))}
          </optgroup>
        ),
      )}
    </select>
  )
  return (
    <div className={classNames(look === 'field' ? 'field-group' : 'inline-grid', className)}>
      <label htmlFor={id} className={hideLabel || look === 'key' ? 'sr-only' : 'field-label'}>
        {label}
      </label>
      <div className={classNames('select', look === 'field' && 'field', Boolean(error) && 'invalid')}>
        {select}
        <Icon of={ChevronDown} size={16} />
      </div>
      {hasNote && <FieldNote id={noteId} hint={hint} error={error} />}
    </div>
  )
}

function Option({ option }: { option: SelectOption<string> }) {
  return <option value={option.value}>{option.label}</option>
}

function grouped<V extends string>(options: readonly SelectOption<V>[]): [string, SelectOption<V>[]][] {
  const groups = new Map<string, SelectOption<V>[]>()
  for (const option of options) {
    const group = option.group ?? ''
    const members = groups.get(group)
    if (members) members.push(option)
    else groups.set(group, [option])
  }
  return [...groups]
}
