import type { Business } from '#domain/catalogue.ts'
import { kept, nameError, type ReadDraft } from '../../app/editing/draft.ts'

export type BusinessDraft = { readonly name: string; readonly locale: string }

export function draftOfBusiness({ name, locale }: Business): BusinessDraft {
  return { name, locale }
}

export function businessOfDraft(draft: BusinessDraft, before: Business): ReadDraft<Business> {
  const wrongName = nameError(draft.name)
  if (wrongName !== null) return { ok: false, errors: { name: wrongName } }
  return { ok: true, doc: { ...before, ...draft, name: kept(draft.name, before.name) } }
}

export function businessFieldWords(path: string): string {
  return path === 'locale' ? 'Figures and dates' : 'Name'
}
