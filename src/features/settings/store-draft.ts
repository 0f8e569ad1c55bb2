import type { Store } from '#domain/catalogue.ts'
import type { PricingRules } from '#domain/order.ts'
import { isSame, kept, nameError, type ReadDraft } from '../../app/editing/draft.ts'

export type StoreDraft = {
  readonly name: string
  readonly address: string
  readonly receiptFooter: string
  readonly timeZone: string
  readonly taxMode: PricingRules['taxMode']
  readonly taxRounding: PricingRules['taxRounding']
  readonly cashRoundingMinor: number
}

/** As many characters as a device takes. */
export const longestText = 500

export function draftOfStore({ name, address, receiptFooter, timeZone, pricing }: Store): StoreDraft {
  const { taxMode, taxRounding, currency } = pricing
  const { cashRoundingMinor } = currency
  return { name, address, receiptFooter, timeZone, taxMode, taxRounding, cashRoundingMinor }
}

export function storeOfDraft(draft: StoreDraft, before: Store): ReadDraft<Store> {
  const { name, address, receiptFooter, timeZone } = draft
  const errors: Record<string, string> = {}
  const wrongName = nameError(name)
  if (wrongName !== null) errors['name'] = wrongName
  for (const [field, text] of Object.entries({ address, receiptFooter }))
    if (text.length > longestText) errors[field] = `Shorten it to ${longestText} characters.`
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    doc: {
      ...before,
      name: kept(name, before.name),
      address: kept(address, before.address),
      receiptFooter: kept(receiptFooter, before.receiptFooter),
      timeZone,
      pricing: pricingOf(draft, before.pricing),
    },
  }
}

function pricingOf(
  { taxMode, taxRounding, cashRoundingMinor }: StoreDraft,
  before: PricingRules,
): PricingRules {
  return { ...before, taxMode, taxRounding, currency: { ...before.currency, cashRoundingMinor } }
}

export function changesPricing(draft: StoreDraft, before: Store): boolean {
  return !isSame(pricingOf(draft, before.pricing), before.pricing)
}

export function storeFieldWords(path: string): string {
  const words: Readonly<Record<string, string>> = {
    name: 'Name',
    address: 'Address',
    receiptFooter: 'Last lines of the receipt',
    timeZone: 'Time zone',
    taxMode: 'Tax in or on prices',
    taxRounding: 'Rounding of tax',
    cashRoundingMinor: 'Rounding of cash',
  }
  return words[path] ?? path
}
