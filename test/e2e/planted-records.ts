import type { Page } from 'playwright-core'
import type { Product } from '#domain/catalogue.ts'
import { withHeldDatabase } from '../torture/held-database.ts'
import type { AppServer } from './app-server.ts'

/**
 * Puts products into the device's own database, made from one that is there. Their device has to stay offline from then on:
 * what the server does not know goes with the next load.
 */
export function plantProducts(page: Page, count: number, change: Partial<Product> = {}): Promise<void> {
  return page.evaluate(
    async ({ most, changed }) => {
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
          ...changed,
          productId: id,
          name: `Zz planted ${place}`,
          variants,
          isActive: place % 9 > 0,
        }
        writing.objectStore('records').put({ ...sample, id, doc })
      }
      await new Promise((done) => (writing.oncomplete = done))
      database.close()
    },
    { most: count, changed: change },
  )
}

/**
 * Puts registers with a device each into the server's database, spread over its stores. Their devices have written three
 * operations, of which none is there: so they are listed among the journals too.
 */
export function plantRegisters({ dataDir }: AppServer, count: number): Promise<void> {
  return withHeldDatabase(dataDir, async ({ query }) => {
    await query('begin')
    const [tenant] = await query<{ tenant_id: string }>('select tenant_id from tenant')
    await query(`select set_config('app.tenant', $1::text, true), next_version($1::text::uuid)`, [
      tenant!.tenant_id,
    ])
    await query(
      `insert into record (kind, id, doc)
       select 'register', id, jsonb_build_object('registerId', id, 'storeId', stores[1 + n % array_length(stores, 1)],
         'name', 'Planted ' || n)
       from generate_series(1, $1::int) n
       cross join (select array_agg(id order by id) as stores from record where kind = 'store') of_tenant
       cross join lateral (select 'eeeeeeee-0000-7000-8000-' || lpad(n::text, 12, '0') as id) new_register`,
      [count],
    )
    await query(
      `insert into install (tenant_id, install_id, kind, store_id, register_id, public_key, receipt_series, last_seq,
         last_chain, heard_at)
       select $1::uuid, gen_random_uuid(), 'register', (doc ->> 'storeId')::uuid, id::uuid, '{}',
         10000 + row_number() over (), 3, repeat('0', 64), now()
       from record where kind = 'register' and doc ->> 'name' like 'Planted %'`,
      [tenant!.tenant_id],
    )
    await query('commit')
  })
}
