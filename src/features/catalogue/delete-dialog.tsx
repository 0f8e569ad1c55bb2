import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'

/** Says what goes and what stays. */
export function DeleteDialog({
  title,
  text,
  onDelete,
  onClose,
}: {
  title: string
  text: ReactNode
  onDelete: () => void
  onClose: () => void
}) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Key variant="flat" data-autofocus onPress={onClose}>
            Cancel
          </Key>
          <Key variant="danger" icon={<Icon of={Trash2} />} onPress={onDelete}>
            Delete
          </Key>
        </>
      }
    >
      <div className="grid gap-2 text-ink-2">{text}</div>
    </Dialog>
  )
}
