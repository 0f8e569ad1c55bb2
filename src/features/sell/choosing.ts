import type { ModifierSet } from '#domain/catalogue.ts'
import type { LineModifier } from '#domain/order.ts'

/** Chosen modifiers by set; the order within a set is the order of choosing. */
export type Choices = Readonly<Record<string, readonly string[]>>

/**
 * Presses a modifier's key: takes it back when chosen; in a full set of one it replaces the other; in a full set of more
 * nothing happens.
 */
export function toggleChoice(choices: Choices, set: ModifierSet, modifierId: string): Choices {
  const chosen = choices[set.modifierSetId] ?? []
  const next = chosen.includes(modifierId)
    ? chosen.filter((id) => id !== modifierId)
    : chosen.length < set.mostChoices
      ? [...chosen, modifierId]
      : set.mostChoices === 1
        ? [modifierId]
        : chosen
  return { ...choices, [set.modifierSetId]: next }
}

/** The choices that led to these modifiers of a line. */
export function choicesOf(modifiers: readonly LineModifier[], sets: readonly ModifierSet[]): Choices {
  const chosen = new Set(modifiers.map(({ modifierId }) => modifierId))
  return Object.fromEntries(
    sets.map((set) => [
      set.modifierSetId,
      set.modifiers.flatMap(({ modifierId }) => (chosen.has(modifierId) ? [modifierId] : [])),
    ]),
  )
}

export function chosenModifiers(choices: Choices, sets: readonly ModifierSet[]): LineModifier[] {
  return sets.flatMap((set) => {
    const chosen = choices[set.modifierSetId] ?? []
    return set.modifiers.filter(({ modifierId }) => chosen.includes(modifierId))
  })
}

/** The first set with too few choices, or null when the product can be added. */
export function unansweredSet(choices: Choices, sets: readonly ModifierSet[]): ModifierSet | null {
  return sets.find((set) => (choices[set.modifierSetId]?.length ?? 0) < set.leastChoices) ?? null
}

/** "Choose 1", "Choose up to 3", "Choose 1 to 3"; empty when any number will do. */
export function choiceRule({ leastChoices, mostChoices, modifiers }: ModifierSet): string {
  const most = Math.min(mostChoices, modifiers.length)
  if (leastChoices === most) return `Choose ${most}`
  if (leastChoices > 0) return `Choose ${leastChoices} to ${most}`
  return most < modifiers.length ? `Up to ${most}` : ''
}
