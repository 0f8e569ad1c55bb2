import type { StaffRole } from '#domain/catalogue.ts'
import { mayGrant } from '#domain/permissions.ts'

/** From least to most. */
export const roles = ['cashier', 'lead', 'manager', 'owner'] as const satisfies readonly StaffRole[]

export const roleNames: Readonly<Record<StaffRole, string>> = {
  cashier: 'Cashier',
  lead: 'Shift lead',
  manager: 'Manager',
  owner: 'Owner',
}

/** What each may do beyond the one before. */
export const roleNotes: Readonly<Record<StaffRole, string>> = {
  cashier: 'Sells, and adds customers.',
  lead: 'Also looks after the tasks in the inbox.',
  manager: 'Also changes the catalog, people and stores.',
  owner: 'May do everything.',
}

/** The roles that `by` may give, and the one that the person has. */
export function rolesToGive(by: StaffRole | null, has: StaffRole): readonly StaffRole[] {
  return roles.filter((role) => role === has || mayGrant(by, role))
}
