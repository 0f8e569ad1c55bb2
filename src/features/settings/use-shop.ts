import type { Business, Store } from '#domain/catalogue.ts'
import type { Currency } from '#domain/currency.ts'
import { device } from '../../app/device.ts'
import type { Rights } from '../../app/editing/rights.ts'
import { useRights } from '../../app/editing/use-rights.ts'
import { useNeededQuery } from '../../app/read-boundary.tsx'
import type { ShopRecords } from '../../worker/api-lists.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import { type SettingsPlace, useSettingsPlace } from './settings-place.ts'

/** The business and its stores, and who may change them here. */
export type Shop = {
  readonly businessId: string
  readonly business: Business
  readonly stores: readonly Store[]
  /** Of the first store: samples are written in it. */
  readonly currency: Currency
  readonly rights: Rights
  readonly place: SettingsPlace
}

/** Null until it has come to this device. */
export function useShop(state: DeviceState | undefined): Shop | null {
  const { data: catalogue } = useNeededQuery<ShopRecords>('catalogue', ['shop'], () => device.shopRecords())
  const rights = useRights()
  const place = useSettingsPlace()
  const [first] = catalogue?.stores ?? []
  if (state === undefined || state.kind === 'new' || state.business === null) return null
  if (catalogue === undefined || first === undefined || rights === null) return null
  const { businessId, business } = state
  return { businessId, business, stores: catalogue.stores, currency: first.pricing.currency, rights, place }
}
