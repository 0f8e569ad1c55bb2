import type { Page } from 'playwright-core'
import type { TaskReason } from '#domain/catalogue.ts'

const reasons: readonly TaskReason[] = [
  ...(['unknown-product', 'dismissed-staff', 'totals-differ', 'payments-differ', 'revoked-install'] as const),
  ...(['duplicate-receipt-number', 'overpaid-order', 'double-refund', 'closed-shift'] as const),
  ...([
    'negative-stock',
    'count-unsure',
    'not-permitted',
    'fork',
    'parked-operation',
    'storage-lost',
  ] as const),
]
/** What a conflict of a product's price has that is otherwise here. */
const conflicts: readonly object[] = [
  {},
  {
    recordKind: 'customer',
    recordName: 'Quentin Abernathy',
    field: 'email',
    base: '',
    mine: 'quentin.abernathy.of.the.long.name@example.com',
    theirs: 'q@example.com',
    outcome: 'overwritten',
  },
  { field: '', mine: {}, theirs: null, outcome: 'deleted' },
  { reason: 'not-permitted' },
  { field: 'categoryId', base: null, mine: null, theirs: 'of-no-category-that-is-here' },
  { state: 'settled', kept: 'theirs' },
]

const idOf = (start: string, place: number): string =>
  `${start.repeat(8)}-0000-7000-8000-${String(place).padStart(12, '0')}`

/** Newest first; the last is settled. */
export const plantedConflicts = conflicts.map((_, place) => idOf('b', place))
export const plantedTasks = reasons.map((_, place) => idOf('a', place))

/** Puts every kind into the device's own database. It has to stay offline: what the server does not know goes with the next load. */
export function plantInbox(page: Page): Promise<void> {
  return page.evaluate(
    async (planted) => {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const opening = indexedDB.open('evertill')
        opening.onsuccess = () => done(opening.result)
        opening.onerror = () => failed(opening.error)
      })
      type Leaf = {
        kind: string
        rows: { id: string; doc: { name: string; variants: { variantId: string }[] } }[]
      }
      const leaves = await new Promise<Leaf[]>((done) => {
        const reading = database.transaction('recordLeaves').objectStore('recordLeaves').getAll()
        reading.onsuccess = () => done(reading.result as Leaf[])
      })
      const product = leaves.find(({ kind }) => kind === 'product')!.rows[0]!
      const now = Date.now()
      const by = { actorId: null, installId: null, at: now - 60_000 }
      const price = {
        ...{ recordKind: 'product', recordId: product.id, recordName: product.doc.name },
        ...{ field: `variants.${product.doc.variants[0]!.variantId}.priceMinor` },
        ...{ base: 400, mine: 450, theirs: 425, mineBy: by, theirsBy: by, outcome: 'refused' },
        ...{ reason: 'unseen-value', state: 'open', settledBy: null, kept: null },
      }
      const task = {
        ...{ storeId: null, registerId: null, installId: null, seq: 12, orderId: null },
        ...{ receiptNumber: '3-100', productId: product.id, state: 'open', doneBy: null },
      }
      const writing = database.transaction('records', 'readwrite')
      const put = (kind: string, id: string, doc: object) =>
        writing.objectStore('records').put({ kind, id, v: 900_000, doc })
      for (const [place, { id, doc }] of planted.conflicts.entries())
        put('conflict', id, { ...price, conflictId: id, raisedAt: now - place, ...doc })
      for (const [place, { id, reason }] of planted.tasks.entries())
        put('task', id, { ...task, taskId: id, reason, raisedAt: now - 1_000 - place })
      await new Promise((done) => (writing.oncomplete = done))
      database.close()
    },
    {
      conflicts: conflicts.map((doc, place) => ({ id: plantedConflicts[place]!, doc })),
      tasks: reasons.map((reason, place) => ({ id: plantedTasks[place]!, reason })),
    },
  )
}
