import type { Staff, StaffRole } from '#domain/catalogue.ts'
import { kept, nameError, type ReadDraft, sameSetAs } from '../../app/editing/draft.ts'

export type PinRecord = NonNullable<Staff['pin']>

export type StaffDraft = {
  readonly name: string
  readonly role: StaffRole
  /** Null: all stores. */
  readonly storeIds: readonly string[] | null
  /** The PIN's record as text, '' without one: of two changes one holds whole, never a part of each. */
  readonly pin: string
  readonly isActive: boolean
}

export function draftOfStaff({ name, role, storeIds, pin, isActive }: Staff): StaffDraft {
  return { name, role, storeIds: storeIds.length === 0 ? null : storeIds, pin: pinText(pin), isActive }
}

export function staffOfDraft(draft: StaffDraft, before: Staff): ReadDraft<Staff> {
  const errors: Record<string, string> = {}
  const wrongName = nameError(draft.name)
  if (wrongName !== null) errors['name'] = wrongName
  if (draft.storeIds?.length === 0) errors['storeIds'] = 'Choose a store, or all of them.'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { role, pin, isActive } = draft
  return {
    ok: true,
    doc: {
      ...before,
      name: kept(draft.name, before.name),
      role,
      storeIds: sameSetAs(before.storeIds, draft.storeIds ?? []),
      pin: pin === pinText(before.pin) ? before.pin : pinOf(pin),
      isActive,
    },
  }
}

export function staffFieldWords(path: string): string {
  const words: Readonly<Record<string, string>> = {
    name: 'Name',
    role: 'Role',
    storeIds: 'Stores',
    pin: 'PIN',
    isActive: 'Dismissed or not',
  }
  return words[path] ?? path
}

export function pinText(pin: PinRecord | null): string {
  return pin === null ? '' : JSON.stringify(pin)
}

function pinOf(text: string): PinRecord | null {
  return text === '' ? null : (JSON.parse(text) as PinRecord)
}

/** Somebody new, without a PIN yet. */
export function newStaff(staffId: string, storeIds: readonly string[]): Staff {
  return { staffId, name: '', role: 'cashier', pin: null, storeIds, isActive: true }
}
