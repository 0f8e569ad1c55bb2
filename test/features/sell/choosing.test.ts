import { describe, expect, test } from 'vitest'
import type { ModifierSet } from '#domain/catalogue.ts'
import {
  choiceRule,
  choicesOf,
  chosenModifiers,
  toggleChoice,
  unansweredSet,
} from '../../../src/features/sell/choosing.ts'

const modifiers = ['a', 'b', 'c'].map((modifierId) => ({ modifierId, name: modifierId, priceMinor: 10 }))
const milk: ModifierSet = { modifierSetId: 'milk', name: 'Milk', leastChoices: 1, mostChoices: 1, modifiers }
const extras: ModifierSet = {
  modifierSetId: 'extras',
  name: 'Extras',
  leastChoices: 0,
  mostChoices: 2,
  modifiers,
}

describe('choosing modifiers', () => {
  test('the choices of a line lead to its modifiers again', () => {
    const choices = { milk: ['b'], extras: ['a', 'c'] }
    const [, b] = modifiers
    expect(choicesOf([b!], [milk])).toEqual({ milk: ['b'] })
    expect(chosenModifiers(choicesOf([b!], [milk]), [milk])).toEqual([b])
    expect(choicesOf([], [milk, extras])).toEqual({ milk: [], extras: [] })
    expect(chosenModifiers(choices, [milk, extras]).map(({ modifierId }) => modifierId)).toEqual([
      'b',
      'a',
      'c',
    ])
  })

  test('in a set of one the new choice replaces the old', () => {
    expect(toggleChoice(toggleChoice({}, milk, 'a'), milk, 'b')).toEqual({ milk: ['b'] })
  })

  test('a full set of more takes nothing until one is taken back', () => {
    const full = toggleChoice(toggleChoice({}, extras, 'a'), extras, 'b')
    expect(toggleChoice(full, extras, 'c')).toEqual(full)
    expect(toggleChoice(full, extras, 'a')).toEqual({ extras: ['b'] })
  })

  test('names the first set with too few choices', () => {
    expect(unansweredSet({}, [extras, milk])).toBe(milk)
    expect(unansweredSet({ milk: ['a'] }, [extras, milk])).toBeNull()
  })

  test('modifiers come in the order of the catalogue', () => {
    expect(
      chosenModifiers({ extras: ['c', 'a'], milk: ['b'] }, [milk, extras]).map(({ name }) => name),
    ).toEqual(['b', 'a', 'c'])
  })

  test('says how many may be chosen', () => {
    expect(choiceRule(milk)).toBe('Choose 1')
    expect(choiceRule(extras)).toBe('Up to 2')
    expect(choiceRule({ ...extras, leastChoices: 1 })).toBe('Choose 1 to 2')
    expect(choiceRule({ ...extras, mostChoices: 9 })).toBe('')
  })
})
