import { CircleAlert, Upload } from 'lucide-react'
import { useId, useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'

export interface FileDropProps {
  label?: string
  hint?: ReactNode
  /** As in the accept attribute: ".csv,.xlsx". Dropped files are not filtered: say what is wrong with `error`. */
  accept?: string
  multiple?: boolean
  onFiles: (files: File[]) => void
  busy?: boolean
  error?: ReactNode
}

export function FileDrop({
  label,
  hint,
  accept,
  multiple = false,
  onFiles,
  busy = false,
  error,
}: FileDropProps) {
  const { wording } = useLocale()
  const [isOver, setOver] = useState(false)
  const noteId = useId()
  const take = (files: FileList | null) => {
    const chosen = [...(files ?? [])].slice(0, multiple ? undefined : 1)
    if (chosen.length > 0 && !busy) onFiles(chosen)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <label
      className={classNames('file-drop', isOver && 'over')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        className="sr-only"
        accept={accept}
        multiple={multiple}
        disabled={busy}
        aria-describedby={noteId}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      {busy ? <span className="spinner" aria-hidden="true" /> : <Icon of={Upload} size={24} />}
      <strong>{label ?? wording.dropHere}</strong>
      <span id={noteId}>
        {error ? (
          <span className="field-error" role="alert">
            <Icon of={CircleAlert} size={16} />
            <span>{error}</span>
          </span>
        ) : (
          hint
        )}
      </span>
    </label>
  )
}
