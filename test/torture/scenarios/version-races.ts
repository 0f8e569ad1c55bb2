import { setTimeout as delay } from 'node:timers/promises'
import type { PullAnswer } from '#protocol/pull.ts'
import { scopeOf } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { createChangesStore } from '../../../server/database/changes-store.ts'
import type { Database } from '../../../server/database/pool.ts'
import { packing } from '../../../server/packing.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import type { InstallState } from '../../../server/use-cases/ports.ts'
import { pullChanges } from '../../../server/use-cases/read-changes.ts'
import { ingestPartsOn, type VirtualRegister } from '../../server/virtual-shop.ts'
import type { Chance } from '../../simulation/chance.ts'
import { endWithProof } from '../ending.ts'
import type { HeldDatabase } from '../held-database.ts'
import type { Checked, Scenario } from '../scenario.ts'
import { openVirtualTills } from '../set-up.ts'
import { openShopServer } from '../shop-server.ts'
import type { VirtualTill } from '../virtual-till.ts'
import { serialRace } from './serial-race.ts'

const WRITERS = 8

export const versionRaces: Scenario = {
  name: 'version-races',
  about: 'eight connections write for one business at once, some roll back, and a cursor reads along',
  times: { usual: 60, short: 10 },
  async run(torture) {
    const { ledger, times, chance, stream } = torture
    const server = await openShopServer()
    torture.onEnd(() => server.app.remove())
    const tills = await openVirtualTills(torture, server, WRITERS)
    const reader = await server.enrolVirtual('Reader')
    const raced = await server.withDatabase((held) => race(held, { tills, reader, times, stream }))
    const serial = await server.withDatabase((held) => serialRace(held, { writers: WRITERS, times, chance }))
    const { checks, proof } = await endWithProof(server, ledger, 0)
    return {
      done: `${WRITERS} writers, ${raced.batches} batches and ${raced.rollbacks} rollbacks, ${raced.pages} pages read`,
      completed: ledger.orders(),
      held: proof.held.orders,
      checks: [
        ...raced.checks,
        {
          what: `control: a cursor on a plain sequence misses ${serial.missed} of ${serial.written} committed rows for ever`,
          isRight: serial.missed > 0,
        },
        ...checks,
      ],
    }
  },
}

type Racing = {
  readonly tills: readonly VirtualTill[]
  readonly reader: VirtualRegister
  readonly times: number
  readonly stream: () => Chance
}

async function race({ database, query }: HeldDatabase, { tills, reader, times, stream }: Racing) {
  const parts = ingestPartsOn(database)
  const { tenantId } = reader.shop
  const install = await parts.store.findInstall(reader.installId)
  const [start] = await query<{ v: number; epoch: string }>('select v, epoch from sync_head, database_life')
  const reading = createReading(database, install!, start!)
  let [rollbacks, isOver] = [0, false]

  const write = async ({ register, act, closeShift, hear }: VirtualTill): Promise<void> => {
    const chance = stream()
    for (let batch = 1; batch <= times; batch += 1) {
      const from = register.head.seq + 1
      act()
      act()
      if (batch === times) closeShift()
      const answer = await acceptOperations(parts, await register.batch(from))
      if (!answer.ok || answer.value.status !== 'accepted')
        throw new Error(`Not taken: ${JSON.stringify(answer)}`)
      hear(answer.value)
      if (!chance.oneIn(6)) continue
      await rollBack(database, tenantId, chance.int(10))
      rollbacks += 1
    }
  }
  const read = async (): Promise<void> => {
    while (!isOver) await reading.turn()
    // What was committed last.
    await reading.turn()
  }
  const following = read()
  following.catch(() => undefined)
  await Promise.all(tills.map(write)).finally(() => {
    isOver = true
  })
  await following
  return {
    rollbacks,
    batches: tills.length * times,
    pages: reading.pages(),
    checks: [await nothingMissed(query, reading.seen), await withoutGaps(query, start!.v)],
  }
}

/** A transaction that takes a version, waits with it and fails. */
async function rollBack(database: Database, tenantId: string, forMs: number): Promise<void> {
  const meant = new Error('meant')
  await database
    .asTenant(tenantId, async (tx) => {
      await tx.query('select next_version($1), pg_sleep($2)', [tenantId, forMs / 1000])
      throw meant
    })
    .catch((error: unknown) => {
      if (error !== meant) throw error
    })
}

/** A device's cursor, moved by the product's own pull. */
function createReading(database: Database, install: InstallState, start: { v: number; epoch: string }) {
  const changes = { changes: createChangesStore(database), packing, clock: () => Date.now() }
  const seen = new Set<string>()
  let [cursor, pages] = [start.v, 0]
  const pull = (): Promise<PullAnswer> =>
    pullChanges(changes, install, {
      ...{ protocol: PROTOCOL_VERSION, appVersion: 'test', journalSeq: 0, wantsDigest: false },
      ...{ epoch: start.epoch, scopeId: scopeOf(install.storeId, install.registerId).id, cursor },
    })
  return {
    seen,
    pages: () => pages,
    async turn(): Promise<void> {
      const page = await pull()
      if (page.kind !== 'page') throw new Error(`The reader was told ${page.kind}`)
      for (const { id } of page.orders) seen.add(id)
      pages += 1
      cursor = page.next
      if (page.next === page.head) await delay(1)
    },
  }
}

async function nothingMissed(query: HeldDatabase['query'], seen: ReadonlySet<string>): Promise<Checked> {
  const rows = await query<{ id: string }>('select order_id as id from orders')
  const missed = rows.filter(({ id }) => !seen.has(id)).length
  return {
    what: `S1: the cursor has seen ${seen.size} of ${rows.length} committed orders`,
    isRight: missed === 0,
    detail: `${missed} missed`,
  }
}

/** [S1] Every version from the start to the head is that of a committed transaction, and those that were rolled back left none. */
async function withoutGaps(query: HeldDatabase['query'], startV: number): Promise<Checked> {
  const [row] = await query<{ versions: number; head: number }>(
    `select (select count(distinct v) from (select v from operation union all select v from record) all_rows where v > $1) as versions,
       (select v from sync_head) as head`,
    [startV],
  )
  const { versions, head } = row!
  return { what: `S1: versions are without a gap, ${versions} of them`, isRight: versions === head - startV }
}
