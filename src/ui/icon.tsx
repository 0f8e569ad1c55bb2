import type { LucideIcon } from 'lucide-react'

/** One Lucide icon in the kit's line: `<Icon of={Trash2} />`. Without a label it is decoration. */
export function Icon({
  of: Glyph,
  size = 20,
  label,
  className,
}: {
  of: LucideIcon
  size?: number
  label?: string
  className?: string
}) {
  return (
    <Glyph
      size={size}
      strokeWidth={1.75}
      className={className ? `shrink-0 ${className}` : 'shrink-0'}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  )
}
