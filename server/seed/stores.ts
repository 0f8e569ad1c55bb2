import { currencyOf } from '#domain/currency.ts'
import type { Register, Store } from '#domain/catalogue.ts'
import { idOf } from './random.ts'

export type StoreProfile = {
  readonly name: string
  readonly address: string
  /** Share of the chain's trade. */
  readonly size: number
  /** How busy each register is beside the others of the store. */
  readonly registers: readonly (readonly [name: string, busyness: number])[]
  /** First hour of sales, then how busy each hour is; the store closes after the last. */
  readonly weekday: DayShape
  readonly weekend: DayShape
  /** Trade of Monday to Sunday beside an average day. */
  readonly days: readonly [number, number, number, number, number, number, number]
  /** People travel on holidays when others stay at home. */
  readonly isForTravellers: boolean
}

export type DayShape = { readonly opensAt: number; readonly hours: readonly number[] }

export type DemoStore = {
  readonly store: Store
  readonly profile: StoreProfile
  readonly registers: readonly Register[]
}

const storeProfiles: readonly StoreProfile[] = [
  {
    name: 'Harbor Street',
    address: '14 Harbor Street, Port Alden, NY 11999',
    size: 0.48,
    registers: [
      ['Register 1', 1],
      ['Register 2', 0.7],
      ['Bakery counter', 0.45],
    ],
    weekday: { opensAt: 7, hours: [8, 13, 11, 7.5, 6, 9, 8, 5, 5, 4, 3.5, 2] },
    weekend: { opensAt: 8, hours: [5, 9.5, 13, 13, 11, 9, 7, 6, 5, 3.5, 2] },
    days: [0.9, 0.94, 0.97, 1, 1.1, 1.22, 0.98],
    isForTravellers: false,
  },
  {
    name: 'Mill Lane',
    address: 'The Old Mill, 3 Mill Lane, Port Alden, NY 11999',
    size: 0.28,
    registers: [
      ['Register 1', 1],
      ['Register 2', 0.5],
    ],
    weekday: { opensAt: 7, hours: [7, 11, 10, 7, 7, 11, 9, 5, 4, 3, 2] },
    weekend: { opensAt: 8, hours: [6, 11, 14, 13, 11, 8, 6, 4, 3] },
    days: [0.88, 0.92, 0.95, 0.98, 1.02, 1.28, 1.15],
    isForTravellers: false,
  },
  {
    name: 'Airport',
    address: 'Terminal B, Gate 22, Alden County Airport, NY 11998',
    size: 0.24,
    registers: [['Register 1', 1]],
    weekday: { opensAt: 5, hours: [9, 12, 12, 9, 7, 6, 6, 6, 5.5, 5, 6, 7, 6, 4, 3, 2] },
    weekend: { opensAt: 5, hours: [7, 9, 10, 9, 8, 7, 7, 6, 6, 6, 6, 6, 5, 4, 3, 2] },
    days: [1.08, 0.9, 0.92, 1.08, 1.2, 0.82, 1.06],
    isForTravellers: true,
  },
]

export function makeStores(seed: number): DemoStore[] {
  const currency = currencyOf('USD')
  if (!currency.ok) throw new Error(currency.failure.sentence)
  return storeProfiles.map((profile) => {
    const storeId = idOf(seed, 'store', profile.name)
    return {
      profile,
      store: {
        storeId,
        name: profile.name,
        address: profile.address,
        timeZone: 'America/New_York',
        pricing: { currency: currency.value, taxMode: 'exclusive', taxRounding: 'line' },
        receiptFooter: 'Thank you. Bread comes out of the oven at 7 and at 11.',
      },
      registers: profile.registers.map(([name]) => ({
        registerId: idOf(seed, 'register', profile.name, name),
        storeId,
        name,
      })),
    }
  })
}
