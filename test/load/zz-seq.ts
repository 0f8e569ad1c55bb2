import { onTemporaryDatabase } from '../bench/temporary-database.ts'
import { openHerdShop } from './herd-shop.ts'
import { prepareHerd } from './prepare-herd.ts'
import { ingestPartsOn } from '../server/virtual-shop.ts'
import { acceptOperations } from '../../server/use-cases/accept-operations.ts'
await onTemporaryDatabase(async ({ database }) => {
  const n = Number(process.argv[2] ?? 40)
  const shop = await openHerdShop(database, 'x', n)
  const t0 = performance.now()
  const herd = await prepareHerd(shop.registers, { unsent: 200, seed: 1, now: Date.now() })
  console.log('prepared', Math.round(performance.now() - t0))
  const parts = ingestPartsOn(database)
  const slow: Map<string, [number, number]> = new Map()
  const orig = database.asTenant
  ;(database as any).asTenant = (id: string, fn: any, o: any) => orig(id, (tx: any) => fn({ ...tx, query: async (t: string, v: any) => { const s = performance.now(); const r = await tx.query(t, v); const k = t.slice(0, 90).replace(/\s+/g,' '); const e = slow.get(k) ?? [0, 0]; e[0] += performance.now() - s; e[1]++; slow.set(k, e); return r } }), o)
  const parts2 = ingestPartsOn(database)
  let i = 0
  for (const { batches } of herd.returning) for (const b of batches) {
    const s = performance.now()
    const r = await acceptOperations(parts2, b)
    const ms = performance.now() - s
    if (i++ % 5 === 0) console.log(i, Math.round(ms), r.ok && r.value.status)
    if (process.argv[3] === 'analyze' && (i === 1 || i === 5)) await database.asSystem((tx) => tx.query('analyze'))
  }
  for (const [k, [ms, c]] of [...slow].sort((a, b) => b[1][0] - a[1][0]).slice(0, 14)) console.log(Math.round(ms), c, k)
})
