import type { Customer } from '#domain/catalogue.ts'
import { kept, nameError, type ReadDraft } from '../../app/editing/draft.ts'

export type CustomerDraft = { readonly name: string; readonly phone: string; readonly email: string }

export const longestPhone = 120

export function draftOfCustomer({ name, phone, email }: Customer): CustomerDraft {
  return { name, phone: phone ?? '', email: email ?? '' }
}

export function customerOfDraft(draft: CustomerDraft, before: Customer): ReadDraft<Customer> {
  const errors: Record<string, string> = {}
  const wrongName = nameError(draft.name)
  if (wrongName !== null) errors['name'] = wrongName
  const phone = keptOrNone(draft.phone, before.phone)
  const email = keptOrNone(draft.email, before.email)
  if ((phone ?? '').length > longestPhone) errors['phone'] = 'Shorten it.'
  if (email !== null && !/^\S+@\S+$/.test(email))
    errors['email'] = 'Correct it, such as maya@harbor.example, or leave it out.'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, doc: { ...before, name: kept(draft.name, before.name), phone, email } }
}

export function customerFieldWords(path: string): string {
  const words: Readonly<Record<string, string>> = { name: 'Name', phone: 'Phone', email: 'E-mail' }
  return words[path] ?? path
}

function keptOrNone(text: string, before: string | null): string | null {
  if (text === (before ?? '')) return before
  return text.trim() === '' ? null : text.trim()
}
