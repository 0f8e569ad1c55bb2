import type { Page } from 'playwright-core'

/**
 * Puts products into the device's own database, made from one that is there. Their device has to stay offline from then on:
 * what the server does not know goes with the next load.
 */
export function plantProducts(page: Page, count: number): Promise<void> {
  return page.evaluate(async (most) => {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const opening = indexedDB.open('evertill')
      opening.onsuccess = () => done(opening.result)
      opening.onerror = () => failed(opening.error)
    })
    type Row = { kind: string; id: string; doc: Record<string, unknown> & { variants: object[] } }
    // Those that came with the first load rest by the hundred; a row of its own counts as well.
    const leaves = await new Promise<{ kind: string; rows: Row[] }[]>((done) => {
      const reading = database.transaction('recordLeaves').objectStore('recordLeaves').getAll()
      reading.onsuccess = () => done(reading.result as { kind: string; rows: Row[] }[])
    })
    const sample = leaves.find(({ kind }) => kind === 'product')!.rows[0]!
    const writing = database.transaction('records', 'readwrite')
    for (let place = 0; place < most; place += 1) {
      const id = `ffffffff-0000-7000-8000-${String(place).padStart(12, '0')}`
      const variants = [
        { ...sample.doc.variants[0], variantId: id, name: '', sku: `PL-${place}`, barcodes: [] },
      ]
      const doc = {
        ...sample.doc,
        productId: id,
        name: `Zz planted ${place}`,
        variants,
        isActive: place % 9 > 0,
      }
      writing.objectStore('records').put({ ...sample, id, doc })
    }
    await new Promise((done) => (writing.oncomplete = done))
    database.close()
  }, count)
}
