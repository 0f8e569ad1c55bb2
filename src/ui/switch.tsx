import { useId } from 'react'
import type { ReactNode } from 'react'

export function Switch({
  label,
  checked,
  onChange,
  hint,
  off = false,
}: {
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: ReactNode
  /** Can't be changed now; say why in the hint. */
  off?: boolean
}) {
  const id = useId()
  return (
    <label className="choice-row" htmlFor={id}>
      <span className="choice-text" id={`${id}-label`}>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <button
        id={id}
        type="button"
        role="switch"
        className="switch"
        aria-checked={checked}
        aria-labelledby={`${id}-label`}
        aria-disabled={off || undefined}
        onClick={() => {
          if (!off) onChange(!checked)
        }}
      />
    </label>
  )
}
