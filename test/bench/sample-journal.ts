import type { PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { Database } from '../../server/database/pool.ts'
import { writeRecords } from '../../server/database/write-records.ts'
import { addRegister } from '../../server/office/registers.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../server/virtual-shop.ts'
import { newId, sampleLines, sampleProducts } from './sample-order.ts'

/** A business with that many products and a real device enrolled at each of its registers. */
export async function openSampleShop(
  database: Database,
  productCount: number,
  registerCount: number,
): Promise<VirtualRegister[]> {
  const opened = await openShop(database)
  const products = sampleProducts(productCount)
  await database.asTenant(opened.tenantId, async (tx) => {
    await tx.query('select next_version($1)', [opened.tenantId])
    await writeRecords(
      tx,
      products.map((doc) => ({ kind: 'product', id: doc.productId, doc })),
    )
  })
  const registers: VirtualRegister[] = []
  for (let number = 1; number <= registerCount; number += 1) {
    const shop: Shop = { ...opened, products, registerId: await registerOf(database, opened, number) }
    registers.push(await enrolRegister(database, shop))
  }
  return registers
}

/** Sells that many orders and signs them as one batch. */
export async function sellBatch(
  register: VirtualRegister,
  orderCount: number,
  random: () => number,
): Promise<PushRequest> {
  const firstSeq = register.head.seq + 1
  for (let count = 0; count < orderCount; count += 1) {
    const order = sampleOrder(register, random)
    register.orders.push(order)
    register.append('order.paid', order, newId())
  }
  return register.batch(firstSeq)
}

async function registerOf(database: Database, shop: Shop, number: number): Promise<string> {
  if (number === 1) return shop.registerId
  const added = await addRegister(database, shop.tenantId, {
    storeId: shop.store.storeId,
    name: `Register ${number}`,
  })
  if (!added.ok) throw new Error(added.failure.sentence)
  return added.value.registerId
}

/** 1 to 8 lines, 4.5 on average, on some day of one month. */
function sampleOrder(register: VirtualRegister, random: () => number): PaidOrder {
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0')
  const base = register.buildOrder({
    businessDay: `2025-11-${day}`,
    businessHour: 7 + Math.floor(random() * 14),
  })
  const lines = sampleLines(register.shop.products, 1 + Math.floor(random() * 8), random)
  const priced = priceOrder({ lines, orderDiscount: null }, register.shop.store.pricing)
  const amountMinor = priced.totals.totalMinor
  return {
    ...base,
    ...priced,
    payments: [{ ...base.payments[0]!, amountMinor, tenderedMinor: amountMinor }],
    movements: priced.lines.map(({ productId, variantId, quantityMilli }) => ({
      movementId: newId(),
      productId: productId ?? '',
      variantId,
      quantityMilli: -quantityMilli,
    })),
  }
}
