import { appendOperation } from '#sync/journal.ts'
import type { JournalRow } from '../../../src/storage/rows.ts'
import { installOf, journalOf } from '../device/device.ts'
import type { Tab } from '../device/device.ts'
import { productIds, variantIds } from '../shop.ts'
import type { World } from '../world.ts'
import { actOf, type Deed, perform } from './deed.ts'
import { paidFor, ringUp } from './orders.ts'

/** A kind that only a newer server knows; the present one parks it, and tries it again after its upgrade. */
export const KIND_OF_NEXT_RELEASE = 'stock.adjusted'

/** Something that nobody can read, now or later. */
export const writePoison: Deed = (world, tab) =>
  write(world, tab, 'poison operation', 'cash.moved', { amountMinor: 'a lot' })

export const writeWithNextRelease: Deed = (world, tab) => {
  const storeId = installOf(tab.device)?.storeId
  if (storeId == null) return
  const place = { movementId: world.newId(), storeId, productId: productIds[0], variantId: variantIds[0] }
  const payload = { ...place, quantityMilli: 1000, reason: 'received', note: null }
  write(world, tab, 'operation of the next release', KIND_OF_NEXT_RELEASE, payload)
}

/** Journals what this release would not write. */
function write(world: World, tab: Tab, what: string, kind: string, payload: unknown): void {
  const act = actOf(world, tab)
  const append = (): Promise<void> =>
    tab.storage.write(['meta', 'journal'], 'strict', async (tx) => {
      const row = await tx.get('meta', 'journal')
      const journal = row!.value as JournalRow
      const facts = { ...act, installId: journal.installId, kind, kindVersion: 1, payload }
      const { operation, head } = appendOperation(journal, facts)
      tx.add('journal', [operation])
      tx.put('meta', [{ key: 'journal', value: { ...journal, ...head } }])
    })
  if (journalOf(tab.device)) perform(world, tab, what, act.opId, append, () => true)
}

/** A day that no table of a database can hold. */
export const sellOnNoDay: Deed = (world, tab) => {
  const sale = paidFor(world, tab, ringUp(world, tab))
  if (!sale) return
  const strange = { ...sale, order: { ...sale.order, businessDay: '2026-02-30' } }
  perform(
    world,
    tab,
    'sale on a day that is none',
    sale.opId,
    () => tab.store.commitSale(strange),
    (answer) => answer.ok,
  )
}
