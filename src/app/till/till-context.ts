import { createContext, use } from 'react'
import type { Business, Register, Store } from '#domain/catalogue.ts'
import type { ShopRecords } from '../../worker/api-lists.ts'
import type { StaffCard } from '../../worker/api-device.ts'

/** What every till screen may take for granted: the register is enrolled and loaded and somebody is signed in. */
export type Till = {
  readonly business: Business | null
  readonly store: Store
  readonly register: Register
  readonly staff: StaffCard
  readonly catalogue: ShopRecords
}

export const TillContext = createContext<Till | null>(null)

export function useTill(): Till {
  const till = use(TillContext)
  if (till === null) throw new Error('useTill needs a TillGate above it')
  return till
}
