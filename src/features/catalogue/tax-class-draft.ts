import type { TaxClass } from '#domain/catalogue.ts'
import { kept, nameError, type ReadDraft } from '../../app/editing/draft.ts'
import { rateText, readRate } from './rate-text.ts'

export type TaxClassDraft = { readonly name: string; readonly taxRates: readonly TaxRateDraft[] }

export type TaxRateDraft = {
  readonly id: string
  readonly name: string
  readonly rate: string
  readonly isCompound: boolean
}

export function draftOfTaxClass({ name, taxRates }: TaxClass, locale: string): TaxClassDraft {
  return {
    name,
    taxRates: taxRates.map(({ taxRateId, name: rateName, rateBasisPoints, isCompound }) => ({
      id: taxRateId,
      name: rateName,
      rate: rateText(rateBasisPoints, locale),
      isCompound,
    })),
  }
}

/** A class without rates is one that charges nothing. */
export function taxClassOfDraft(draft: TaxClassDraft, before: TaxClass): ReadDraft<TaxClass> {
  const errors: Record<string, string> = {}
  const wrongName = nameError(draft.name)
  if (wrongName !== null) errors['name'] = wrongName
  const taxRates = draft.taxRates.map(({ id, name, rate, isCompound }) => {
    const old = before.taxRates.find(({ taxRateId }) => taxRateId === id)
    const wrong = nameError(name)
    if (wrong !== null) errors[`taxRates.${id}.name`] = wrong
    const rateBasisPoints = readRate(rate)
    if (rateBasisPoints === null) errors[`taxRates.${id}.rate`] = 'Write a rate from 0 to 100 %.'
    return {
      ...old,
      taxRateId: id,
      name: kept(name, old?.name ?? ''),
      rateBasisPoints: rateBasisPoints ?? 0,
      isCompound,
    }
  })
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, doc: { ...before, name: kept(draft.name, before.name), taxRates } }
}

export function taxClassFieldWords(path: string, draft: TaxClassDraft): string {
  const [field = '', id, part] = path.split('.')
  if (field !== 'taxRates') return 'Name'
  const name = draft.taxRates.find((rate) => rate.id === id)?.name ?? ''
  const rate = name === '' ? 'a rate' : name
  if (part === undefined) return `Rate ${name}`.trim()
  if (part === 'isCompound') return `Charged on other taxes: ${rate}`
  return part === 'rate' ? `Rate of ${rate}` : `Name of ${rate}`
}
