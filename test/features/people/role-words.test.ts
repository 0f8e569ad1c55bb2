import { expect, test } from 'vitest'
import { roles, rolesToGive } from '../../../src/features/people/role-words.ts'

test('nobody gives more rights than he has; the role that a person has can be kept', () => {
  expect(rolesToGive('owner', 'cashier')).toEqual(roles)
  expect(rolesToGive('manager', 'cashier')).toEqual(['cashier', 'lead', 'manager'])
  expect(rolesToGive('manager', 'owner')).toEqual(roles)
  expect(rolesToGive(null, 'lead')).toEqual(['lead'])
})
