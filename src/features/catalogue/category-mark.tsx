import type { Category } from '#domain/catalogue.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { categoryGlyph } from './category-icons.ts'

/** A category as the till shows it: its icon on its color. */
export function CategoryMark({
  category,
  className = 'size-9',
}: {
  category: Pick<Category, 'tint' | 'icon'>
  className?: string
}) {
  return (
    <span
      className={classNames('grid flex-none place-items-center rounded-m text-ink', className)}
      style={{ background: `var(--cat-${category.tint})` }}
    >
      <Icon of={categoryGlyph(category.icon)} />
    </span>
  )
}
