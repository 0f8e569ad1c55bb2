import type { EditableKind, StaffRole } from '#domain/catalogue.ts'
import { mayEdit } from '#domain/permissions.ts'
import type { DeviceState } from '../../worker/api-device.ts'

export type Rights = {
  /** Null: nobody is signed in at this register. */
  readonly role: StaffRole | null
  mayEdit(kind: EditableKind): boolean
  /** Why not, for the person in front of the device; null where it may be. `what` in a sentence: `people`. */
  reason(kind: EditableKind, what: string): string | null
}

export function rightsOf(kinds: readonly EditableKind[], state: DeviceState): Rights {
  const person = state.kind === 'new' ? null : state.signedIn
  const reason = (kind: EditableKind, what: string): string => {
    const editor = leastEditor(kind)
    return person
      ? `${person.name} may look. Changing ${what} needs ${editor}.`
      : `Nobody is signed in. Changing ${what} needs ${editor}, signed in at the till.`
  }
  return {
    role: person?.role ?? (state.kind === 'office' ? 'owner' : null),
    mayEdit: (kind) => kinds.includes(kind),
    reason: (kind, what) => (kinds.includes(kind) ? null : reason(kind, what)),
  }
}

const people: Readonly<Record<StaffRole, string>> = {
  cashier: 'a person',
  lead: 'a shift lead',
  manager: 'a manager',
  owner: 'the owner',
}

function leastEditor(kind: EditableKind): string {
  const roles = ['cashier', 'lead', 'manager', 'owner'] as const
  return people[roles.find((role) => mayEdit(kind, role)) ?? 'owner']
}
