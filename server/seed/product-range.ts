import type { CategoryTint } from '#domain/catalogue.ts'
import type { PictureShape } from './pictures.ts'

/** Goods that are sold in one way: the same sizes, choices, tax and kind of picture. */
export type ProductRange = {
  readonly category: CategoryName
  readonly isPackaged?: boolean
  readonly sizes?: SizeScheme
  readonly modifierSets?: readonly ModifierSetName[]
  readonly shape: PictureShape
  readonly products: readonly ProductSpec[]
}

/** Price of the smallest size in cents, without tax. Popularity is relative to the others of the category. */
export type ProductSpec = readonly [
  name: string,
  priceMinor: number,
  popularity: number,
  colour: string,
  season?: Season,
]

/** When it sells: `summer`, `winter` and `sunny` swell and ebb; `autumn` and `festive` are on the menu for weeks only. */
export type Season = 'summer' | 'sunny' | 'winter' | 'autumn' | 'festive'

export type SizeScheme = keyof typeof sizeSchemes
export type CategoryName = (typeof categories)[number]['name']
export type ModifierSetName = (typeof modifierSets)[number]['name']

export const categories = [
  { name: 'Coffee', code: 'COF', tint: 2, icon: 'coffee' },
  { name: 'Iced', code: 'ICE', tint: 4, icon: 'cup-soda' },
  { name: 'Tea', code: 'TEA', tint: 5, icon: 'leaf' },
  { name: 'Bakery', code: 'BAK', tint: 7, icon: 'croissant' },
  { name: 'Cakes', code: 'CAK', tint: 6, icon: 'cake-slice' },
  { name: 'Bread', code: 'BRD', tint: 7, icon: 'wheat' },
  { name: 'Kitchen', code: 'KIT', tint: 8, icon: 'sandwich' },
  { name: 'Drinks', code: 'DRI', tint: 1, icon: 'glass-water' },
  { name: 'Beans', code: 'BEA', tint: 3, icon: 'bean' },
  { name: 'Shop', code: 'SHP', tint: 6, icon: 'gift' },
] as const satisfies readonly { name: string; code: string; tint: CategoryTint; icon: string }[]

/** Each size: name, letter in the SKU, factor on the price, cents on top. */
export const sizeSchemes = {
  one: [['', '', 1, 0]],
  cups: [
    ['Small', 'S', 1, 0],
    ['Regular', 'M', 1, 60],
    ['Large', 'L', 1, 110],
  ],
  iced: [
    ['Regular', 'M', 1, 0],
    ['Large', 'L', 1, 90],
  ],
  pot: [
    ['Cup', 'C', 1, 0],
    ['Pot for two', 'P', 1, 310],
  ],
  slice: [
    ['Slice', 'S', 1, 0],
    ['Whole cake', 'W', 9, 0],
  ],
  bag: [
    ['250 g', '250', 1, 0],
    ['500 g', '500', 1.9, 0],
    ['1 kg', '1000', 3.6, 0],
  ],
  shirt: [
    ['S', 'S', 1, 0],
    ['M', 'M', 1, 0],
    ['L', 'L', 1, 0],
    ['XL', 'XL', 1, 0],
  ],
  giftCard: [
    ['$10', '10', 1, 0],
    ['$25', '25', 2.5, 0],
    ['$50', '50', 5, 0],
    ['$100', '100', 10, 0],
  ],
} as const satisfies Record<string, readonly (readonly [string, string, number, number])[]>

/** Modifiers: name and cents on top. */
export const modifierSets = [
  {
    name: 'Milk',
    leastChoices: 1,
    mostChoices: 1,
    modifiers: [
      ['Whole milk', 0],
      ['Skim milk', 0],
      ['Oat milk', 80],
      ['Almond milk', 80],
      ['Soy milk', 60],
      ['Lactose-free milk', 50],
    ],
  },
  {
    name: 'Extras',
    leastChoices: 0,
    mostChoices: 4,
    modifiers: [
      ['Extra shot', 100],
      ['Decaf', 0],
      ['Vanilla syrup', 70],
      ['Caramel syrup', 70],
      ['Hazelnut syrup', 70],
      ['Whipped cream', 60],
      ['Extra hot', 0],
    ],
  },
  {
    name: 'Sweetness',
    leastChoices: 0,
    mostChoices: 1,
    modifiers: [
      ['Unsweetened', 0],
      ['Honey', 50],
      ['Agave', 50],
      ['Lemon slice', 0],
    ],
  },
  {
    name: 'Served',
    leastChoices: 0,
    mostChoices: 2,
    modifiers: [
      ['Warmed', 0],
      ['With butter', 60],
      ['With raspberry jam', 80],
    ],
  },
  {
    name: 'Add to it',
    leastChoices: 0,
    mostChoices: 3,
    modifiers: [
      ['Avocado', 250],
      ['Soft-boiled egg', 200],
      ['Smoked bacon', 280],
      ['Feta', 190],
      ['Gluten-free bread', 150],
    ],
  },
  {
    name: 'Grind',
    leastChoices: 1,
    mostChoices: 1,
    modifiers: [
      ['Whole beans', 0],
      ['Espresso', 0],
      ['Moka pot', 0],
      ['Filter', 0],
      ['French press', 0],
    ],
  },
] as const satisfies readonly {
  name: string
  leastChoices: number
  mostChoices: number
  modifiers: readonly (readonly [string, number])[]
}[]
