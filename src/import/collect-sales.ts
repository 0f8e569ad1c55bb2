import type { TenderKind } from '#domain/order.ts'
import type {
  ImportedLine,
  ImportedOrder,
  ImportedProduct,
  ImportedSales,
  ImportWarning,
  RefusedRow,
} from './imported-order.ts'
import { compare, sumOf } from './order-groups.ts'

/** Lists what the orders name and sums them up. `orders` come oldest first, so the newest price of a product stays. */
export function collectSales(
  orders: readonly ImportedOrder[],
  refused: readonly RefusedRow[],
  rows: number,
  warnings: readonly ImportWarning[],
): ImportedSales {
  const stores = new Map<string, Set<string>>()
  const products = new Map<string, ProductDraft>()
  const categories = new Set<string>()
  const tenders = new Map<TenderKind, { orders: number; totalMinor: number }>()
  let refunds = 0
  let quantityMilli = 0
  let firstDay: string | null = null
  let lastDay: string | null = null
  for (const order of orders) {
    const registerNames = stores.get(order.storeName) ?? new Set<string>()
    stores.set(order.storeName, registerNames)
    if (order.registerName !== null) registerNames.add(order.registerName)
    const tender = tenders.get(order.tender) ?? { orders: 0, totalMinor: 0 }
    tenders.set(order.tender, tender)
    tender.orders++
    tender.totalMinor += order.totals.totalMinor
    if (order.isRefund) refunds++
    if (firstDay === null || order.businessDay < firstDay) firstDay = order.businessDay
    if (lastDay === null || order.businessDay > lastDay) lastDay = order.businessDay
    for (const line of order.lines) {
      quantityMilli += line.quantityMilli
      if (line.categoryName !== null) categories.add(line.categoryName)
      noteProduct(products, line)
    }
  }
  return {
    orders,
    refused,
    stores: [...stores]
      .map(([storeName, names]) => ({ storeName, registerNames: [...names].sort(compare) }))
      .sort((a, b) => compare(a.storeName, b.storeName)),
    products: [...products.values()].map(productOf).sort((a, b) => compare(a.productKey, b.productKey)),
    categories: [...categories].sort(compare),
    tenders: [...tenders].map(([tender, sums]) => ({ tender, ...sums })),
    summary: {
      ...sumOf(orders.map((order) => order.totals)),
      rows,
      rowsTaken: rows - refused.length,
      rowsRefused: refused.length,
      orders: orders.length,
      refunds,
      quantityMilli,
      firstDay,
      lastDay,
      warnings,
    },
  }
}

type VariantDraft = { sku: string | null; barcode: string | null; unitPriceMinor: number }

type ProductDraft = {
  readonly productKey: string
  productName: string
  categoryName: string | null
  readonly variants: Map<string | null, VariantDraft>
}

function noteProduct(products: Map<string, ProductDraft>, line: ImportedLine): void {
  let product = products.get(line.productKey)
  if (!product) {
    product = { productKey: line.productKey, productName: '', categoryName: null, variants: new Map() }
    products.set(line.productKey, product)
  }
  product.productName = line.productName
  product.categoryName = line.categoryName ?? product.categoryName
  const variant = product.variants.get(line.variantName)
  if (!variant) {
    const { sku, barcode, unitPriceMinor } = line
    product.variants.set(line.variantName, { sku, barcode, unitPriceMinor })
    return
  }
  variant.sku = line.sku ?? variant.sku
  variant.barcode = line.barcode ?? variant.barcode
  variant.unitPriceMinor = line.unitPriceMinor
}

function productOf({ variants, ...product }: ProductDraft): ImportedProduct {
  return {
    ...product,
    variants: [...variants]
      .map(([variantName, variant]) => ({ variantName, ...variant }))
      .sort((a, b) => compare(a.variantName ?? '', b.variantName ?? '')),
  }
}
