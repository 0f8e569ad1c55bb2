import { Package, Star } from 'lucide-react'
import { memo } from 'react'
import type { CSSProperties } from 'react'
import { moveFocusByArrow } from '../../app/till/arrow-focus.ts'
import { Icon } from '../../ui/icon.tsx'
import type { ProductPage } from '../../worker/api-lists.ts'
import { categoryIcon } from './category-icons.ts'

export const CategoryRail = memo(function CategoryRail({
  pages,
  pageId,
  onChoose,
}: {
  pages: readonly ProductPage[]
  pageId: string | null
  onChoose: (pageId: string) => void
}) {
  return (
    <nav className="till-rail" aria-label="Categories" onKeyDown={moveFocusByArrow}>
      {pages.map((page) => (
        <button
          key={page.pageId}
          type="button"
          aria-current={page.pageId === pageId ? 'page' : undefined}
          onClick={() => onChoose(page.pageId)}
        >
          <i style={tintOf(page)}>
            <Icon of={iconOf(page)} />
          </i>
          <span dir="auto">{page.name}</span>
        </button>
      ))}
    </nav>
  )
})

function tintOf({ category }: ProductPage): CSSProperties {
  return category ? { background: `var(--cat-${category.tint})` } : {}
}

function iconOf({ pageId, category }: ProductPage) {
  if (pageId === 'favourites') return Star
  return category ? categoryIcon(category.icon) : Package
}
