import type { Customer } from '#domain/catalogue.ts'
import { makeCatalogue } from './make-catalogue.ts'
import type { DemoCatalogue } from './make-catalogue.ts'
import { demoStaff, makeCustomers } from './people.ts'
import type { DemoPerson } from './people.ts'
import { idOf } from './random.ts'
import { makeStores } from './stores.ts'
import type { DemoStore } from './stores.ts'

/** Everything of the demo that is there before the first sale. The same seed makes the same shop. */
export type DemoShop = {
  readonly seed: number
  readonly tenantId: string
  readonly name: string
  readonly stores: readonly DemoStore[]
  readonly catalogue: DemoCatalogue
  readonly staff: readonly DemoStaff[]
  readonly customers: readonly Customer[]
}

/** Empty `storeIds`: all stores. */
export type DemoStaff = DemoPerson & { readonly staffId: string; readonly storeIds: readonly string[] }

export const demoName = 'Tidewater Roasters & Bakers'

export function makeShop(seed: number): DemoShop {
  const stores = makeStores(seed)
  return {
    seed,
    tenantId: idOf(seed, 'tenant'),
    name: demoName,
    stores,
    catalogue: makeCatalogue(seed),
    staff: demoStaff.map((person) => ({
      ...person,
      staffId: idOf(seed, 'staff', person.name),
      storeIds: stores.filter(({ store }) => store.name === person.store).map(({ store }) => store.storeId),
    })),
    customers: makeCustomers(seed, 300),
  }
}
