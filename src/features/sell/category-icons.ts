import {
  Apple, Bean, Beef, Beer, Book, CakeSlice, Candy, Carrot, Coffee, Cookie, Croissant, CupSoda, Donut, Fish, Flower2,
  Gift, GlassWater, Heart, IceCreamBowl, Leaf, Milk, Package, PackageOpen, Pizza, Salad, Sandwich, Shirt, ShoppingBag,
  Soup, Sparkles, Tag, Utensils, Wheat, Wine,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

/** The icons that a category may name; any other name gets a plain package. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  apple: Apple, bean: Bean, beef: Beef, beer: Beer, book: Book, cake: CakeSlice, 'cake-slice': CakeSlice, candy: Candy,
  carrot: Carrot, coffee: Coffee, cookie: Cookie, croissant: Croissant, 'cup-soda': CupSoda, donut: Donut, fish: Fish,
  'flower-2': Flower2, gift: Gift, 'glass-water': GlassWater, heart: Heart, 'ice-cream-bowl': IceCreamBowl, leaf: Leaf,
  milk: Milk, package: Package, 'package-open': PackageOpen, pizza: Pizza, salad: Salad, sandwich: Sandwich,
  shirt: Shirt, 'shopping-bag': ShoppingBag, soup: Soup, sparkles: Sparkles, tag: Tag, utensils: Utensils,
  wheat: Wheat, wine: Wine,
}

export function categoryIcon(name: string): LucideIcon {
  return ICONS[name] ?? Package
}
