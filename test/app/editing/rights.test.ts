import { describe, expect, test } from 'vitest'
import { editableKinds, type StaffRole } from '#domain/catalogue.ts'
import { mayEdit } from '#domain/permissions.ts'
import { rightsOf } from '../../../src/app/editing/rights.ts'
import type { DeviceState } from '../../../src/worker/api-device.ts'

const enrolled = {
  installId: 'i',
  businessId: 'b',
  business: null,
  store: null,
  register: null,
  isLoaded: true,
  loadedShare: 1,
} as const

function stateOf(kind: 'register' | 'office', role: StaffRole | null): DeviceState {
  const signedIn = role === null ? null : { staffId: 's', name: 'Sam', role, hasPin: true }
  return { ...enrolled, kind, signedIn }
}

function rightsAs(kind: 'register' | 'office', role: StaffRole | null) {
  const asked = role ?? (kind === 'office' ? 'owner' : null)
  return rightsOf(
    editableKinds.filter((each) => mayEdit(each, asked)),
    stateOf(kind, role),
  )
}

describe('who may edit here', () => {
  test('an office device is the owner’s; at a register nobody is nobody', () => {
    expect(rightsAs('office', null).role).toBe('owner')
    expect(rightsAs('office', null).reason('business', 'the business')).toBeNull()
    expect(rightsAs('register', null).role).toBeNull()
    expect(rightsAs('register', null).reason('staff', 'staff')).toBe(
      'Nobody is signed in. Changing staff needs a manager, signed in at the till.',
    )
  })

  test('who may not is told who may', () => {
    expect(rightsAs('register', 'cashier').reason('customer', 'customers')).toBeNull()
    expect(rightsAs('register', 'cashier').reason('staff', 'staff')).toBe(
      'Sam may look. Changing staff needs a manager.',
    )
    expect(rightsAs('register', 'manager').reason('business', 'the business')).toBe(
      'Sam may look. Changing the business needs the owner.',
    )
    expect(rightsAs('office', 'cashier').mayEdit('store')).toBe(false)
  })
})
