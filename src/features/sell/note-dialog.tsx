import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Key } from '../../ui/key.tsx'

const LONGEST_NOTE = 200

export function NoteDialog({
  title,
  current,
  onChoose,
  onClose,
}: {
  title: string
  current: string
  onChoose: (note: string) => void
  onClose: () => void
}) {
  const [note, setNote] = useState(current)
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key variant="main" onPress={() => onChoose(note)}>
            Keep note
          </Key>
        </>
      }
    >
      <Field
        label="Note"
        hideLabel
        value={note}
        maxLength={LONGEST_NOTE}
        placeholder="No ice"
        hint="It is printed on the receipt."
        data-autofocus
        onChange={setNote}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChoose(note)
        }}
      />
    </Dialog>
  )
}
