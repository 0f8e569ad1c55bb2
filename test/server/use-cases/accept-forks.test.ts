import { beforeEach, describe, expect, test } from 'vitest'
import { aSale, MemoryDevice, type MemoryShop, openMemoryShop } from './memory-shop.ts'

let shop: MemoryShop
let device: MemoryDevice
let twin: MemoryDevice

beforeEach(async () => {
  shop = await openMemoryShop()
  device = await shop.enrol(0)
  twin = new MemoryDevice(shop.parts, device.installId)
})

describe('[P2] a cloned profile', () => {
  test('is a fork also where one operation is the same: its chain is another', async () => {
    for (const each of [device, twin]) each.append('order.paid', aSale(shop, each))
    const { opId } = device.append('task.done', { taskId: 'one' })
    twin.append('task.done', { taskId: 'one' }, { opId })
    expect(twin.journal[1]!.hash).toBe(device.journal[1]!.hash)
    await device.send()
    expect(await twin.push(2, 2)).toEqual({ status: 'fork', atSeq: 2 })
    expect(await device.push(2, 2)).toMatchObject({ status: 'accepted' })
  })

  test('is a fork where it goes on from another end', async () => {
    for (const each of [device, twin]) each.append('order.paid', aSale(shop, each))
    await device.send()
    twin.append('order.paid', aSale(shop, twin))
    expect(await twin.push(2, 2)).toEqual({ status: 'fork', atSeq: 2 })
    expect(shop.database.view.list('orders')).toHaveLength(1)
  })

  test('raises the alarm once: what a person has dealt with stays so', async () => {
    const office = await shop.enrol('office')
    for (const each of [device, twin]) each.append('order.paid', aSale(shop, each))
    await device.send()
    await twin.push(1, 1)
    const taskId = `fork/${device.installId}/1`
    expect(shop.record('task', taskId)?.doc).toMatchObject({
      ...{ reason: 'fork', state: 'open', installId: device.installId, seq: 1 },
    })
    office.append('task.done', { taskId })
    await office.send()
    await twin.push(1, 1)
    expect(shop.record('task', taskId)?.doc?.state).toBe('done')
  })
})
