import type { ReactNode } from 'react'

export function Checkbox({
  label,
  checked,
  onChange,
  hint,
  mixed = false,
  disabled = false,
}: {
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: ReactNode
  /** Some of several are checked. */
  mixed?: boolean
  disabled?: boolean
}) {
  return (
    <label className="choice-row">
      <input
        type="checkbox"
        className="checkbox"
        checked={checked}
        disabled={disabled}
        ref={(element) => {
          if (element) element.indeterminate = mixed
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="choice-text">
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </label>
  )
}
