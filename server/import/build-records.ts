import type { Category, CategoryTint, Product, Store, Variant } from '#domain/catalogue.ts'
import type { ImportedOrderWire } from '#protocol/import.ts'
import type { Tx } from '../database/pool.ts'
import { listRecords, type RecordToWrite } from '../database/write-records.ts'
import { importedId } from './imported-ids.ts'

/** The records that imported orders refer to: found by name or code, or made. */
export type ImportedRecords = {
  storeOf(order: ImportedOrderWire): Store
  registerIdOf(order: ImportedOrderWire): string
  productOf(line: ImportedOrderWire['lines'][number]): { product: Product; variant: Variant }
  /** What had to be made or grew a variant, to be written before the orders. */
  readonly toWrite: readonly RecordToWrite[]
  /** What was made, for the undo. */
  readonly created: readonly { kind: RecordToWrite['kind']; id: string }[]
}

/** @throws when the tenant has no store at all: set-up makes one. */
export async function buildRecords(
  tx: Tx,
  tenantId: string,
  orders: readonly ImportedOrderWire[],
): Promise<ImportedRecords> {
  const stores = await listRecords(tx, 'store')
  const model = stores[0]
  if (!model) throw new Error('An import needs a store to take currency and time zone from')
  const registers = await listRecords(tx, 'register')
  const categories = await listRecords(tx, 'category')
  const products = await listRecords(tx, 'product')
  const taxClassId = (await listRecords(tx, 'tax-class'))[0]?.taxClassId ?? null

  const written = new Map<string, RecordToWrite>()
  const created: { kind: RecordToWrite['kind']; id: string }[] = []
  const write = (record: RecordToWrite, isNew: boolean): void => {
    written.set(`${record.kind} ${record.id}`, record)
    if (isNew) created.push({ kind: record.kind, id: record.id })
  }

  const storesByName = new Map(stores.map((store) => [store.name, store]))
  const registersByName = new Map(
    registers.map((register) => [`${register.storeId} ${register.name}`, register.registerId]),
  )
  const categoriesByName = new Map(categories.map((category) => [category.name, category]))
  const productsById = new Map(products.map((product) => [product.productId, product]))
  const productsByCode = new Map(
    products.flatMap((product) =>
      product.variants.flatMap((variant) =>
        codesOf(variant).map((code): [string, string] => [code, product.productId]),
      ),
    ),
  )

  for (const order of orders) {
    const store = storesByName.get(order.storeName) ?? newStore(order.storeName)
    const registerName = order.registerName ?? 'Imported'
    const registerKey = `${store.storeId} ${registerName}`
    if (!registersByName.has(registerKey)) {
      const registerId = importedId(tenantId, 'register', order.storeName, registerName)
      registersByName.set(registerKey, registerId)
      write(
        { kind: 'register', id: registerId, doc: { registerId, storeId: store.storeId, name: registerName } },
        true,
      )
    }
    for (const line of order.lines) takeLine(line)
  }

  function newStore(name: string): Store {
    const store: Store = {
      ...model!,
      storeId: importedId(tenantId, 'store', name),
      name,
      address: '',
      receiptFooter: '',
    }
    storesByName.set(name, store)
    write({ kind: 'store', id: store.storeId, doc: store }, true)
    return store
  }

  function takeLine(line: ImportedOrderWire['lines'][number]): void {
    const product = productsById.get(productIdOf(line)) ?? newProduct(line)
    if (variantOf(product, line)) return
    const grown: Product = {
      ...product,
      variants: [...product.variants, newVariant(product.productId, line)],
    }
    const isNew = !products.some((each) => each.productId === product.productId)
    productsById.set(product.productId, grown)
    const record: RecordToWrite = { kind: 'product', id: product.productId, doc: grown }
    written.set(`product ${record.id}`, record)
    if (isNew && !created.some((each) => each.id === record.id))
      created.push({ kind: 'product', id: record.id })
  }

  function productIdOf(line: ImportedOrderWire['lines'][number]): string {
    const known = [line.barcode, line.sku].flatMap((code) =>
      code ? (productsByCode.get(code) ?? []) : [],
    )[0]
    return known ?? importedId(tenantId, 'product', line.productKey, line.productName)
  }

  function newProduct(line: ImportedOrderWire['lines'][number]): Product {
    const productId = productIdOf(line)
    const product: Product = {
      productId,
      name: line.productName.trim(),
      categoryId: line.categoryName === null ? null : categoryIdOf(line.categoryName),
      taxClassId,
      variants: [newVariant(productId, line)],
      modifierSetIds: [],
      picture: null,
      isStockTracked: false,
      favouritePosition: null,
      isActive: true,
    }
    productsById.set(productId, product)
    write({ kind: 'product', id: productId, doc: product }, true)
    return product
  }

  function newVariant(productId: string, line: ImportedOrderWire['lines'][number]): Variant {
    const variant: Variant = {
      variantId: importedId(tenantId, 'variant', productId, line.variantName ?? ''),
      name: line.variantName ?? '',
      sku: line.sku,
      barcodes: line.barcode === null ? [] : [line.barcode],
      priceMinor: Math.abs(line.unitPriceMinor),
    }
    for (const code of codesOf(variant)) if (!productsByCode.has(code)) productsByCode.set(code, productId)
    return variant
  }

  function categoryIdOf(name: string): string {
    const known = categoriesByName.get(name)
    if (known) return known.categoryId
    const position = categoriesByName.size
    const category: Category = {
      categoryId: importedId(tenantId, 'category', name),
      name,
      tint: ((position % 8) + 1) as CategoryTint,
      icon: 'tag',
      position,
    }
    categoriesByName.set(name, category)
    write({ kind: 'category', id: category.categoryId, doc: category }, true)
    return category.categoryId
  }

  return {
    storeOf: (order) => storesByName.get(order.storeName)!,
    registerIdOf: (order) =>
      registersByName.get(
        `${storesByName.get(order.storeName)!.storeId} ${order.registerName ?? 'Imported'}`,
      )!,
    productOf: (line) => {
      const product = productsById.get(productIdOf(line))!
      return { product, variant: variantOf(product, line)! }
    },
    toWrite: [...written.values()],
    created,
  }
}

function variantOf(product: Product, line: ImportedOrderWire['lines'][number]): Variant | undefined {
  return product.variants.find((variant) => variant.name === (line.variantName ?? ''))
}

function codesOf(variant: Variant): string[] {
  return [...variant.barcodes, ...(variant.sku ? [variant.sku] : [])]
}
