import type { Category, CategoryTint } from '#domain/catalogue.ts'
import { kept, nameError, type ReadDraft } from '../../app/editing/draft.ts'

export type CategoryDraft = { readonly name: string; readonly tint: CategoryTint; readonly icon: string }

export function draftOfCategory({ name, tint, icon }: Category): CategoryDraft {
  return { name, tint, icon }
}

export function categoryOfDraft(draft: CategoryDraft, before: Category): ReadDraft<Category> {
  const wrongName = nameError(draft.name)
  if (wrongName !== null) return { ok: false, errors: { name: wrongName } }
  return { ok: true, doc: { ...before, ...draft, name: kept(draft.name, before.name) } }
}

export function categoryFieldWords(path: string): string {
  return ({ name: 'Name', tint: 'Color', icon: 'Icon' } as Readonly<Record<string, string>>)[path] ?? path
}

export type CategoryPlace = { readonly categoryId: string; readonly position: number }

/**
 * The places that change when a category moves one up (−1) or down (1) in the order of the rail: two where all places
 * differ; where some are equal, all are counted anew.
 */
export function movedPlaces(
  categories: readonly CategoryPlace[],
  categoryId: string,
  by: -1 | 1,
): CategoryPlace[] {
  const ordered = categories.toSorted((one, other) => one.position - other.position)
  const from = ordered.findIndex((each) => each.categoryId === categoryId)
  const [moved, other] = [ordered[from], ordered[from + by]]
  if (moved === undefined || other === undefined) return []
  const places = ordered.map(({ position }) => position)
  const areDistinct = new Set(places).size === places.length
  const after = ordered.with(from, other).with(from + by, moved)
  return after.flatMap((category, index) => {
    const position = areDistinct ? places[index]! : index
    return position === category.position ? [] : [{ categoryId: category.categoryId, position }]
  })
}
