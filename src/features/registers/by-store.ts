import type { RegisterDevice } from '../../worker/api-office.ts'

export type StoreRegisters = {
  readonly storeId: string
  readonly name: string
  readonly registers: readonly RegisterDevice[]
}

/** Every store with its registers, both by name ("Register 2" before "Register 10"); stores without registers too. */
export function byStore(
  registers: readonly RegisterDevice[],
  stores: readonly { readonly storeId: string; readonly name: string }[],
): readonly StoreRegisters[] {
  const names = new Map(stores.map(({ storeId, name }) => [storeId, name]))
  for (const { storeId, storeName } of registers) names.set(storeId, storeName)
  return [...names]
    .map(([storeId, name]) => ({
      storeId,
      name,
      registers: registers.filter((register) => register.storeId === storeId).toSorted(byName),
    }))
    .toSorted(byName)
}

const order = new Intl.Collator('en', { numeric: true })

function byName(one: { name: string }, other: { name: string }): number {
  return order.compare(one.name, other.name)
}

/** The name that a new register of a store is offered: the lowest "Register n" that is free. */
export function nextRegisterName(taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.trim().toLowerCase()))
  let number = 1
  while (names.has(`register ${number}`)) number += 1
  return `Register ${number}`
}
