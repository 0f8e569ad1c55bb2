import { Check } from 'lucide-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** On or off, with what it does beneath; the whole row can be pressed. */
export function CheckRow({
  label,
  note,
  isOn,
  onChange,
}: {
  label: string
  note?: ReactNode
  isOn: boolean
  onChange: (isOn: boolean) => void
}) {
  const noteId = useId()
  return (
    <label className="grid min-h-12 cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 py-1.5">
      <span className="grid">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={note === undefined ? undefined : noteId}
          className="peer col-start-1 row-start-1 size-5 appearance-none rounded-s border border-rule-strong bg-surface checked:border-main checked:bg-main disabled:bg-fill disabled:checked:bg-ink-3 forced-colors:appearance-auto"
          onChange={(event) => onChange(event.target.checked)}
        />
        <Icon
          of={Check}
          size={16}
          className="pointer-events-none invisible col-start-1 row-start-1 place-self-center text-on-main peer-checked:visible forced-colors:hidden"
        />
      </span>
      <span className="min-w-0 break-words">{label}</span>
      {note !== undefined && (
        <small id={noteId} className="col-start-2 text-sm text-ink-2">
          {note}
        </small>
      )}
    </label>
  )
}
