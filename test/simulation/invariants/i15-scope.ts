import type { ParkedOrder, Task } from '#domain/catalogue.ts'
import type { OrderRow, RecordRow, SegmentRow } from '../../../src/storage/rows.ts'
import { type Device, installOf, rowsOn, syncOf } from '../device/device.ts'
import type { World } from '../world.ts'
import type { Invariant } from './invariant.ts'

export const scopeKept: Invariant = {
  rule: 'I15',
  says: 'after a scope change nothing out of scope remains, and nothing unsent is gone',
  watch: (world, watch) => {
    const journals = new Map<Device, number>()
    watch.onDiskReplaced((device) => void journals.delete(device))
    watch.onDiskCommit((device, changes) => {
      const unsent = device.disk.tableOf('journal').size + device.disk.tableOf('pastOperations').size
      if (unsent < (journals.get(device) ?? 0) && !changes.get('meta')?.has('"dropped'))
        world.fail('I15', `${device.name}: operations are gone from the journal`)
      journals.set(device, unsent)
      if (changes.get('meta')?.has('"sync')) check(world, device)
    })
  },
}

function check(world: World, device: Device): void {
  const [install, sync] = [installOf(device), syncOf(device)]
  if (!install?.storeId || !sync || sync.load !== null) return
  const isForeign = (storeId: string | null): boolean => storeId !== null && storeId !== install.storeId
  for (const row of rowsOn<RecordRow>(device.disk, 'records')) {
    if (row.kind !== 'task' && row.kind !== 'parked-order') continue
    const doc = (row.pulled ? row.pulled.doc : row.doc) as Task | ParkedOrder | null
    if (doc && isForeign(doc.storeId))
      world.fail('I15', `${device.name}: ${row.kind} ${row.id} is of another store`)
  }
  for (const { storeId, month } of rowsOn<SegmentRow>(device.disk, 'segments'))
    if (isForeign(storeId))
      world.fail('I15', `${device.name}: the segment ${storeId}/${month} is of another store`)
  for (const { orderId, seq, order } of rowsOn<OrderRow>(device.disk, 'orders'))
    if (seq === undefined && order && isForeign(order.storeId) && order.registerId !== install.registerId)
      world.fail('I15', `${device.name}: order ${orderId} is of another store`)
}
