import { describe, expect, test } from 'vitest'
import type { Category, ModifierSet, TaxClass } from '#domain/catalogue.ts'
import {
  categoryOfDraft,
  draftOfCategory,
  movedPlaces,
} from '../../../src/features/catalogue/category-draft.ts'
import {
  choiceWords,
  draftOfModifierSet,
  modifierSetOfDraft,
} from '../../../src/features/catalogue/modifier-set-draft.ts'
import { draftOfTaxClass, taxClassOfDraft } from '../../../src/features/catalogue/tax-class-draft.ts'

const format = { code: 'USD', exponent: 2, locale: 'en-US' } as const

describe('a category', () => {
  const coffee: Category = { categoryId: 'c', name: 'Coffee', tint: 2, icon: 'coffee', position: 4 }

  test('[R2] untouched it is as it was, its place too', () =>
    expect(categoryOfDraft(draftOfCategory(coffee), coffee)).toEqual({ ok: true, doc: coffee }))

  test('without a name it is refused', () =>
    expect(categoryOfDraft({ ...draftOfCategory(coffee), name: ' ' }, coffee)).toEqual({
      ok: false,
      errors: { name: 'Write a name.' },
    }))
})

describe('movedPlaces', () => {
  const places = [
    { categoryId: 'c', position: 7 },
    { categoryId: 'a', position: 1 },
    { categoryId: 'b', position: 3 },
  ]

  test('two neighbors swap their places', () =>
    expect(movedPlaces(places, 'c', -1)).toEqual([
      { categoryId: 'c', position: 3 },
      { categoryId: 'b', position: 7 },
    ]))

  test('the first does not go up, nor the last down', () => {
    expect(movedPlaces(places, 'a', -1)).toEqual([])
    expect(movedPlaces(places, 'c', 1)).toEqual([])
    expect(movedPlaces(places, 'gone', 1)).toEqual([])
  })

  test('equal places are counted anew, so that moving has an effect', () => {
    const equal = ['a', 'b', 'c'].map((categoryId) => ({ categoryId, position: 0 }))
    expect(movedPlaces(equal, 'a', 1)).toEqual([
      { categoryId: 'a', position: 1 },
      { categoryId: 'c', position: 2 },
    ])
  })
})

describe('a set of options', () => {
  const milk: ModifierSet = {
    modifierSetId: 'm',
    name: 'Milk',
    leastChoices: 1,
    mostChoices: 1,
    modifiers: [
      { modifierId: 'o', name: 'Oat', priceMinor: 80 },
      { modifierId: 'n', name: 'None', priceMinor: -20 },
    ],
  }
  const draft = draftOfModifierSet(milk, format)

  test('[R2] untouched it is as it was', () =>
    expect(modifierSetOfDraft(draft, milk, format)).toEqual({ ok: true, doc: milk }))

  test('an empty price is none', () => {
    const [oat, none] = draft.modifiers
    const read = modifierSetOfDraft({ ...draft, modifiers: [{ ...oat!, price: '' }, none!] }, milk, format)
    expect(read).toMatchObject({ ok: true, doc: { modifiers: [{ priceMinor: 0 }, { priceMinor: -20 }] } })
  })

  test.each([
    [{ name: '' }, 'name'],
    [{ modifiers: [] }, 'modifiers'],
    [{ mostChoices: 3 }, 'mostChoices'],
    [{ leastChoices: 2 }, 'mostChoices'],
    [{ modifiers: [{ id: 'o', name: 'Oat', price: 'x' }] }, 'modifiers.o.price'],
    [{ modifiers: [{ id: 'o', name: '', price: '1' }] }, 'modifiers.o.name'],
  ])('%j is refused at %s', (change, path) => {
    const read = modifierSetOfDraft({ ...draft, ...change }, milk, format)
    expect(Object.keys(read.ok ? {} : read.errors)).toEqual([path])
  })

  test.each([
    [1, 1, 'Choose 1'],
    [1, 2, 'Choose 1 to 2'],
    [0, 1, 'Up to 1'],
    [0, 2, 'Any number'],
  ])('least %d, most %d: %s', (leastChoices, mostChoices, words) =>
    expect(choiceWords({ ...milk, leastChoices, mostChoices })).toBe(words),
  )
})

describe('a tax', () => {
  const food: TaxClass = {
    taxClassId: 't',
    name: 'Food',
    taxRates: [
      { taxRateId: 'g', name: 'GST', rateBasisPoints: 500, isCompound: false },
      { taxRateId: 'q', name: 'QST', rateBasisPoints: 997.5, isCompound: true },
    ],
  }

  test.each(['en-US', 'fr-CA'])('[R2] untouched it is as it was, in %s', (locale) =>
    expect(taxClassOfDraft(draftOfTaxClass(food, locale), food)).toEqual({ ok: true, doc: food }),
  )

  test('a rate without a name, and one that is no rate, are refused', () => {
    const draft = draftOfTaxClass(food, 'en-US')
    const [gst, qst] = draft.taxRates
    const taxRates = [
      { ...gst!, name: '' },
      { ...qst!, rate: '101' },
    ]
    expect(taxClassOfDraft({ ...draft, taxRates }, food)).toEqual({
      ok: false,
      errors: { 'taxRates.g.name': 'Write a name.', 'taxRates.q.rate': 'Write a rate from 0 to 100 %.' },
    })
  })
})
