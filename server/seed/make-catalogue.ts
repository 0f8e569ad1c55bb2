import type { Category, ModifierSet, Product, TaxClass, Variant } from '#domain/catalogue.ts'
import { gtinCheckDigit } from '#domain/gtin.ts'
import { drawPicture } from './pictures.ts'
import { categories, modifierSets, sizeSchemes } from './product-range.ts'
import type { CategoryName, ProductRange, ProductSpec, Season } from './product-range.ts'
import { productsToDrink } from './products-to-drink.ts'
import { productsToEat } from './products-to-eat.ts'
import { productsToTakeHome } from './products-to-take-home.ts'
import { idOf } from './random.ts'

export type DemoCatalogue = {
  readonly categories: readonly Category[]
  readonly taxClasses: readonly TaxClass[]
  readonly modifierSets: readonly ModifierSet[]
  readonly products: readonly DemoProduct[]
  /** SVG by picture id. */
  readonly pictures: ReadonlyMap<string, string>
}

/** A product with what decides how often it sells. */
export type DemoProduct = {
  readonly product: Product
  readonly category: CategoryName
  readonly taxClass: TaxClass
  readonly modifierSets: readonly ModifierSet[]
  readonly popularity: number
  readonly season: Season | undefined
}

export function makeCatalogue(seed: number): DemoCatalogue {
  const pictures = new Map<string, string>()
  const taxClasses = makeTaxClasses(seed)
  const sets = makeModifierSets(seed)
  const places = new Map<CategoryName, number>()
  const products = ranges.flatMap((range) =>
    range.products.map((spec): DemoProduct => {
      const place = (places.get(range.category) ?? 0) + 1
      places.set(range.category, place)
      const { pictureId, svg } = drawPicture(range.shape, spec[3])
      pictures.set(pictureId, svg)
      const taxClass = taxClasses[range.isPackaged ? 'packaged' : 'prepared']
      const modifierSetsOfIt = (range.modifierSets ?? []).map((name) => sets.get(name)!)
      return {
        product: {
          productId: idOf(seed, 'product', spec[0]),
          name: spec[0],
          categoryId: categoryIdOf(seed, range.category),
          taxClassId: taxClass.taxClassId,
          variants: makeVariants(seed, range, spec, place),
          modifierSetIds: modifierSetsOfIt.map((set) => set.modifierSetId),
          picture: `/pictures/${pictureId}`,
          isStockTracked: isStockTracked(range),
          favouritePosition: favourites.includes(spec[0]) ? favourites.indexOf(spec[0]) : null,
          isActive: true,
        },
        category: range.category,
        taxClass,
        modifierSets: modifierSetsOfIt,
        popularity: spec[2],
        season: spec[4],
      }
    }),
  )
  return {
    categories: makeCategories(seed),
    taxClasses: Object.values(taxClasses),
    modifierSets: [...sets.values()],
    products,
    pictures,
  }
}

const ranges: readonly ProductRange[] = [...productsToDrink, ...productsToEat, ...productsToTakeHome]

/** What lies on the first page of the till, in its order. */
const favourites = [
  'Espresso',
  'Double espresso',
  'Macchiato',
  'Cortado',
  'Flat white',
  'Cappuccino',
  'Latte',
  'Mocha',
  'Batch brew',
  'Pour-over Guatemala Huehuetenango',
  'Cold brew',
  'Iced brown-sugar oat shaken espresso',
  'Iced latte',
  'Earl Grey',
  'Matcha latte',
  'Chai latte',
  'Butter croissant',
  'Almond croissant',
  'Cinnamon bun',
  'Banana bread, toasted',
  'Blueberry muffin',
  'Avocado toast on sourdough',
  'Ham & Gruyère toastie',
  'Granola bowl',
  'Sparkling water',
  'Fresh orange juice',
  'Guatemala Huehuetenango single-origin filter beans',
  'House blend',
  'Keep cup 12 oz',
  'Gift card',
]

function makeTaxClasses(seed: number): { prepared: TaxClass; packaged: TaxClass } {
  const salesTax = {
    taxRateId: idOf(seed, 'tax-rate', 'Sales tax'),
    name: 'Sales tax',
    rateBasisPoints: 825,
    isCompound: false,
  }
  return {
    prepared: {
      taxClassId: idOf(seed, 'tax-class', 'Prepared food'),
      name: 'Prepared food',
      taxRates: [salesTax],
    },
    packaged: {
      taxClassId: idOf(seed, 'tax-class', 'Packaged, tax exempt'),
      name: 'Packaged, tax exempt',
      taxRates: [],
    },
  }
}

function makeCategories(seed: number): Category[] {
  return categories.map(({ name, tint, icon }, position) => ({
    categoryId: categoryIdOf(seed, name),
    name,
    tint,
    icon,
    position,
  }))
}

function makeModifierSets(seed: number): Map<string, ModifierSet> {
  return new Map(
    modifierSets.map((set) => [
      set.name,
      {
        ...set,
        modifierSetId: idOf(seed, 'modifier-set', set.name),
        modifiers: set.modifiers.map(([name, priceMinor]) => ({
          modifierId: idOf(seed, 'modifier', set.name, name),
          name,
          priceMinor,
        })),
      },
    ]),
  )
}

function makeVariants(seed: number, range: ProductRange, spec: ProductSpec, place: number): Variant[] {
  const [productName, smallestMinor] = spec
  const categoryNumber = categories.findIndex(({ name }) => name === range.category)
  const { code } = categories[categoryNumber]!
  return sizeSchemes[range.sizes ?? 'one'].map(([name, letter, factor, onTopMinor], sizeNumber): Variant => ({
    variantId: idOf(seed, 'variant', productName, name),
    name,
    sku: `${code}-${String(place).padStart(3, '0')}${letter && `-${letter}`}`,
    barcodes: range.isPackaged ? [inStoreGtin(categoryNumber * 10_000 + place * 10 + sizeNumber)] : [],
    // Sizes are priced to the next ten cents, as on a board.
    priceMinor: Math.round((smallestMinor * factor) / 10) * 10 + onTopMinor,
  }))
}

/** A number from the range that GS1 leaves to the shops themselves: 20 to 29. */
function inStoreGtin(number: number): string {
  const digits = `29${String(number).padStart(10, '0')}`
  return digits + String(gtinCheckDigit(digits))
}

/** Gift cards are not goods on a shelf. */
function isStockTracked(range: ProductRange): boolean {
  return range.isPackaged === true && range.sizes !== 'giftCard'
}

function categoryIdOf(seed: number, name: CategoryName): string {
  return idOf(seed, 'category', name)
}
