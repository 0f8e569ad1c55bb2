import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readingOf, readWholeLoad } from '../reading-device.ts'
import {
  dayAgo,
  docsOf,
  heldIds,
  idsOf,
  openPackShop,
  packsOf,
  type PackShop,
  singlesOf,
} from './pack-shop.ts'

let at: PackShop
beforeEach(async () => {
  at = await openPackShop()
})
afterEach(() => at.on.drop())

describe('[L4] packs of orders', () => {
  test('hold full packs with the documents as they were sold; what is left over travels by itself', async () => {
    const sold = await at.sell(10)
    expect(await at.seal()).toBe(2)
    const pages = await at.load()
    const packs = packsOf(pages)
    expect(packs.map(({ orderIds }) => orderIds.length)).toEqual([4, 4])
    expect(singlesOf(pages)).toHaveLength(2)
    expect(heldIds(pages)).toEqual(idsOf(sold))
    for (const pack of packs) {
      const docs = await docsOf(pack)
      for (const [index, doc] of docs.entries()) {
        expect(doc).toEqual(sold.find(({ orderId }) => orderId === doc.orderId))
        expect([
          pack.orderIds[index],
          pack.vs[index],
          pack.occurredAts[index],
          pack.businessDays[index],
          pack.receiptNumbers[index],
          pack.registerIds[index],
          pack.totalsMinor[index],
          pack.itemsMilli[index],
          pack.lineNames[index],
          pack.refundsOf[index],
        ]).toEqual([
          doc.orderId,
          pages[0]!.startVersion,
          doc.occurredAt,
          doc.businessDay,
          doc.receiptNumber,
          doc.registerId,
          doc.totals.totalMinor,
          doc.lines.reduce((sum, line) => sum + line.quantityMilli, 0),
          doc.lines.map(({ name }) => name).join('\n'),
          null,
        ])
      }
    }
  })

  test('are sealed once: nothing new, nothing written', async () => {
    await at.sell(8)
    expect([await at.seal(), await at.seal()]).toEqual([2, 0])
    await at.sell(3)
    expect(await at.seal()).toBe(0)
    await at.sell(1)
    expect(await at.seal()).toBe(1)
    expect(packsOf(await at.load()).map(({ packId }) => packId)).toEqual(
      [1, 2, 3].map((number) => `${at.shop.store.storeId}/${number}`),
    )
  })

  test('of another store, and for an office device, are not handed out', async () => {
    await at.sell(8)
    await at.seal()
    const elsewhere = await readWholeLoad(at.reading, { ...at.install, storeId: randomUUID() })
    const office = await readWholeLoad(at.reading, {
      ...at.install,
      kind: 'office',
      storeId: null,
      registerId: null,
    })
    expect([heldIds(elsewhere), heldIds(office)]).toEqual([[], []])
  })

  test('leave out what is too old for devices, and go when all of theirs is', async () => {
    await at.sell(3, dayAgo(40))
    await at.sell(4, dayAgo(20))
    await at.sell(4, dayAgo(10))
    expect(await at.seal()).toBe(2)
    const pages = await at.load()
    expect(packsOf(pages).map(({ businessDays }) => new Set(businessDays))).toEqual([
      new Set([dayAgo(20)]),
      new Set([dayAgo(10)]),
    ])
    const in15Days = () => Date.now() + 15 * 86_400_000
    const later = await readWholeLoad(readingOf(at.on.database, in15Days), at.install)
    expect(packsOf(later)).toHaveLength(1)
    expect(await at.seal(in15Days)).toBe(0)
    const kept = await at.on.database.asTenant(at.shop.tenantId, (tx) =>
      tx.query('select pack_no from order_pack'),
    )
    expect(kept).toEqual([{ pack_no: 2 }])
    // The end of the last pack still says how far orders are packed.
    const year = () => Date.now() + 365 * 86_400_000
    expect([await at.seal(year), await at.seal()]).toEqual([0, 0])
  })

  test('documents that were sent over several lines are packed as one line each', async () => {
    const orders = Array.from({ length: 4 }, () => at.register.buildOrder({ businessDay: dayAgo(0) }))
    for (const order of orders) at.register.append('order.paid', order)
    at.register.journal.splice(
      0,
      4,
      ...at.register.journal.map((operation) => ({
        ...operation,
        payload: JSON.stringify(JSON.parse(operation.payload), null, 1),
      })),
    )
    await at.send()
    await at.seal()
    const [pack] = packsOf(await at.load())
    expect(idsOf(await docsOf(pack!))).toEqual(idsOf(orders))
  })
})
