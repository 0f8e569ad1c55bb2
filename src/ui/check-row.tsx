import { useId } from 'react'
import type { ReactNode } from 'react'

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
      <input
        type="checkbox"
        checked={isOn}
        aria-describedby={note === undefined ? undefined : noteId}
        className="size-5 accent-(--main)"
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="min-w-0 break-words">{label}</span>
      {note !== undefined && (
        <small id={noteId} className="col-start-2 text-sm text-ink-2">
          {note}
        </small>
      )}
    </label>
  )
}
