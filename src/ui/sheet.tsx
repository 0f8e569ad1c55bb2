import { X } from 'lucide-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import { useLocale } from './locale.tsx'
import { Modal } from './modal.tsx'

export interface SheetProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  actions?: ReactNode
  headerEnd?: ReactNode
  /** On phones it always comes from the bottom. */
  side?: 'end' | 'bottom'
  locked?: boolean
  className?: string
}

export function Sheet({
  open,
  onClose,
  title,
  children,
  actions,
  headerEnd,
  side = 'end',
  locked = false,
  className,
}: SheetProps) {
  const titleId = useId()
  const { wording } = useLocale()
  if (!open) return null
  return (
    <Modal
      labelledBy={titleId}
      locked={locked}
      onClose={onClose}
      className={classNames('sheet', side, className)}
    >
      <div className="sheet-head">
        <h2 id={titleId}>{title}</h2>
        {headerEnd}
        {!locked && (
          <Key variant="flat" square label={wording.close} icon={<Icon of={X} />} onPress={onClose} />
        )}
      </div>
      <div className="sheet-body">{children}</div>
      {actions !== undefined && <div className="sheet-actions">{actions}</div>}
    </Modal>
  )
}
