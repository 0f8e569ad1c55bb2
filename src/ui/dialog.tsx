import { X } from 'lucide-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import { useLocale } from './locale.tsx'
import { Modal } from './modal.tsx'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  children?: ReactNode
  /** Keys, the main one last. Without actions the dialog shows a close key. */
  actions?: ReactNode
  width?: 'small' | 'medium' | 'large'
  /** Only its own keys close it. */
  locked?: boolean
  className?: string
}

/** Put `data-autofocus` on what should have the focus first. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  actions,
  width = 'medium',
  locked = false,
  className,
}: DialogProps) {
  const titleId = useId()
  const { wording } = useLocale()
  if (!open) return null
  return (
    <Modal
      labelledBy={titleId}
      locked={locked}
      onClose={onClose}
      className={classNames('dialog', width !== 'medium' && width, className)}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        {actions === undefined && !locked && (
          <Key variant="flat" square label={wording.close} icon={<Icon of={X} />} onPress={onClose} />
        )}
      </div>
      <div className="dialog-body">{children}</div>
      {actions !== undefined && <div className="dialog-actions">{actions}</div>}
    </Modal>
  )
}
