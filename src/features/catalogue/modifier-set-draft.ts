import type { ModifierSet } from '#domain/catalogue.ts'
import { kept, nameError, type ReadDraft } from '../../app/editing/draft.ts'
import { priceError, type PriceFormat, priceText, readPrice } from './price-text.ts'

export type ModifierSetDraft = {
  readonly name: string
  readonly leastChoices: number
  readonly mostChoices: number
  readonly modifiers: readonly ModifierDraft[]
}

export type ModifierDraft = { readonly id: string; readonly name: string; readonly price: string }

export function draftOfModifierSet(set: ModifierSet, format: PriceFormat): ModifierSetDraft {
  const { name, leastChoices, mostChoices } = set
  return {
    name,
    leastChoices,
    mostChoices,
    modifiers: set.modifiers.map(({ modifierId, name: modifierName, priceMinor }) => ({
      id: modifierId,
      name: modifierName,
      price: priceText(priceMinor, format),
    })),
  }
}

/** A price left empty is none; one below zero makes the product cheaper. */
export function modifierSetOfDraft(
  draft: ModifierSetDraft,
  before: ModifierSet,
  format: PriceFormat,
): ReadDraft<ModifierSet> {
  const { leastChoices, mostChoices } = draft
  const errors: Record<string, string> = {}
  const wrongName = nameError(draft.name)
  if (wrongName !== null) errors['name'] = wrongName
  if (draft.modifiers.length === 0) errors['modifiers'] = 'Add a choice.'
  else if (mostChoices > draft.modifiers.length)
    errors['mostChoices'] = 'That is more than there are. Add choices, or lower it.'
  else if (leastChoices > mostChoices) errors['mostChoices'] = 'The most is below the least.'
  const modifiers = draft.modifiers.map(({ id, name, price }) => {
    const old = before.modifiers.find(({ modifierId }) => modifierId === id)
    const wrong = nameError(name)
    if (wrong !== null) errors[`modifiers.${id}.name`] = wrong
    const read = readPrice(price.trim() === '' ? '0' : price, format)
    if (!read.ok) errors[`modifiers.${id}.price`] = priceError(price, read.failure)
    return {
      ...old,
      modifierId: id,
      name: kept(name, old?.name ?? ''),
      priceMinor: read.ok ? read.value : 0,
    }
  })
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return {
    ok: true,
    doc: { ...before, name: kept(draft.name, before.name), leastChoices, mostChoices, modifiers },
  }
}

/** "Choose 1", "Choose 1 to 3", "Up to 2", "Any number". */
export function choiceWords({ leastChoices, mostChoices, modifiers }: ModifierSet): string {
  const most = Math.min(mostChoices, modifiers.length)
  if (leastChoices === most) return `Choose ${most}`
  if (leastChoices > 0) return `Choose ${leastChoices} to ${most}`
  return most < modifiers.length ? `Up to ${most}` : 'Any number'
}

export function modifierSetFieldWords(path: string, draft: ModifierSetDraft): string {
  const [field = '', id, part] = path.split('.')
  if (field === 'leastChoices') return 'Least choices'
  if (field === 'mostChoices') return 'Most choices'
  if (field !== 'modifiers') return 'Name'
  const name = draft.modifiers.find((modifier) => modifier.id === id)?.name ?? ''
  const choice = name === '' ? 'a choice' : name
  if (part === undefined) return `Choice ${name}`.trim()
  return part === 'price' ? `Price of ${choice}` : `Name of ${choice}`
}
