import { describe, expect, test } from 'vitest'
import { editableKinds, type StaffRole } from '#domain/catalogue.ts'
import { mayEdit, mayFinishTask, mayGrant } from '#domain/permissions.ts'

const roles: readonly StaffRole[] = ['cashier', 'lead', 'manager', 'owner']

describe('who may change what', () => {
  test('a role may do all that a lesser one may', () => {
    for (const kind of editableKinds) {
      const allowed = roles.map((role) => mayEdit(kind, role))
      expect(allowed).toEqual(allowed.toSorted())
    }
  })

  test('an owner may edit everything, nobody may edit nothing', () => {
    expect(editableKinds.every((kind) => mayEdit(kind, 'owner'))).toBe(true)
    expect(editableKinds.some((kind) => mayEdit(kind, null))).toBe(false)
  })

  test('a cashier makes customers, and no prices', () => {
    expect(editableKinds.filter((kind) => mayEdit(kind, 'cashier'))).toEqual(['customer'])
  })

  test('nobody gives more rights than he has', () => {
    expect(mayGrant('manager', 'owner')).toBe(false)
    expect(mayGrant('manager', 'manager')).toBe(true)
    expect(mayGrant(null, 'cashier')).toBe(false)
  })

  test('what flags ask for is for shift leads and above', () => {
    expect([null, ...roles].map(mayFinishTask)).toEqual([false, false, true, true, true])
  })
})
