import pg from 'pg'
import { readFileSync } from 'node:fs'
import { onOwnServer } from './own-server.ts'
import { runLoad } from './run-load.ts'
import { formatLoad } from './report.ts'
const n = Number(process.argv[2] ?? 100)
await onOwnServer(async (target) => {
  const c = new pg.Client({ connectionString: target.databaseUrl })
  await c.connect()
  await c.query("create extension if not exists pg_stat_statements").catch(() => undefined)
  const counts = new Map<string, number>()
  let on = false
  const cpu = () => { const f = readFileSync(`/proc/${target.pid}/stat`, 'utf8').split(' '); return (Number(f[13]) + Number(f[14])) / 100 }
  let cpu0 = 0, self0 = process.cpuUsage(), t0 = 0
  const timer = setInterval(async () => {
    if (!on) return
    const r = await c.query("select state, wait_event_type || '.' || wait_event as w, left(regexp_replace(query, '\\s+', ' ', 'g'), 60) as q from pg_stat_activity where application_name = 'evertill' and state <> 'idle'")
    for (const { state, w, q } of r.rows) { const k = `${state} | ${w} | ${q}`; counts.set(k, (counts.get(k) ?? 0) + 1) }
  }, 100)
  const result = await runLoad(target, { registers: n, unsent: 200, seed: 1, progress: (l) => { console.log(l); if (l.startsWith('All come')) { on = true; cpu0 = cpu(); self0 = process.cpuUsage(); t0 = performance.now() } if (l.startsWith('Comparing')) { on = false; const s = process.cpuUsage(self0); console.log('server cpu', (cpu() - cpu0).toFixed(1), 'self cpu', ((s.user + s.system) / 1e6).toFixed(1), 'wall', ((performance.now() - t0) / 1000).toFixed(1)) } } })
  clearInterval(timer)
  console.log(formatLoad(result))
  for (const [k, v] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(v, k)
  await c.end()
})
