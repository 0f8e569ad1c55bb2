import type { EditableKind, StaffRole } from './catalogue.ts'

const ranks: Readonly<Record<StaffRole, number>> = { cashier: 1, lead: 2, manager: 3, owner: 4 }

/** The least role that may change a record of each kind. */
const editors: Readonly<Record<EditableKind, StaffRole>> = {
  customer: 'cashier',
  category: 'manager',
  product: 'manager',
  'modifier-set': 'manager',
  'tax-class': 'manager',
  staff: 'manager',
  register: 'manager',
  store: 'manager',
  business: 'owner',
}

/** Whether a role may change records of a kind; nobody (null) may not. */
export function mayEdit(kind: EditableKind, role: StaffRole | null): boolean {
  return hasRole(role, editors[kind])
}

/** Nobody gives more rights than he has, nor touches those of somebody above him. */
export function mayGrant(by: StaffRole | null, granted: StaffRole): boolean {
  return hasRole(by, granted)
}

/** What flags ask for is a shift lead's to look at. */
export function mayFinishTask(role: StaffRole | null): boolean {
  return hasRole(role, 'lead')
}

function hasRole(role: StaffRole | null, least: StaffRole): boolean {
  return role !== null && ranks[role] >= ranks[least]
}
