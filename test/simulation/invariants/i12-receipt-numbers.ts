import type { PaidOrder } from '#domain/order.ts'
import type { Operation } from '#sync/operation.ts'
import type { Device } from '../device/device.ts'
import type { Invariant } from './invariant.ts'

export const receiptNumbers: Invariant = {
  rule: 'I12',
  says: 'receipt numbers are unique and gapless per series, but for a profile that was copied or put back',
  watch: (world, watch) => {
    const orderOf = new Map<string, string>()
    const last = new Map<string, number>()
    const tampered = new Set<string>()
    // Series that were given out after the backup are given out again.
    let leasedTwice = Infinity
    watch.onServerRestored(() => {
      leasedTwice = Math.min(leasedTwice, world.database?.view.get('series', '') ?? 1)
    })
    const look = (device: Device, operation: Operation): void => {
      if (operation.kind !== 'order.paid') return
      const { receiptNumber, orderId } = JSON.parse(operation.payload) as PaidOrder
      const [series = '', number] = receiptNumber.split('-')
      if (device.wasTampered || Number(series) >= leasedTwice) tampered.add(series)
      const known = orderOf.get(receiptNumber)
      orderOf.set(receiptNumber, orderId)
      if (known === orderId || tampered.has(series)) return
      if (known !== undefined) world.fail('I12', `receipt ${receiptNumber} is on two orders`)
      else if (Number(number) !== (last.get(series) ?? 0) + 1)
        world.fail('I12', `receipt ${receiptNumber} follows ${series}-${last.get(series) ?? 0}`)
      last.set(series, Number(number))
    }
    watch.onDiskCommit((device, changes) => {
      for (const [, row] of changes.get('journal') ?? [])
        if (row !== undefined) look(device, row as Operation)
    })
  },
}
