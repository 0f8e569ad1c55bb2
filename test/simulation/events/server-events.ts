import type { IngestStore } from '../../../server/use-cases/ports.ts'
import { redrive } from '../../../server/use-cases/redrive.ts'
import { KIND_OF_NEXT_RELEASE } from '../people/strange.ts'
import { registerIds, storeIds } from '../shop.ts'
import type { ServerImage } from '../server/memory-database.ts'
import { noTroubles } from '../server/sim-server.ts'
import { TENANT_ID } from '../server/known-rows.ts'
import { sealPacks } from '../server/order-packs.ts'
import type { World } from '../world.ts'
import { installOf } from '../device/device.ts'

const SEASON_MS = 91 * 86_400_000

export type ServerEvents = {
  crash(world: World): void
  changeTroubles(world: World): void
  restoreBackup(world: World): void
  recreate(world: World): void
  compact(world: World): void
  upgrade(world: World): void
  sealPacks(world: World): void
  seasonPasses(world: World): void
  moveRegister(world: World): void
  revoke(world: World): void
  importRecords(world: World): void
}

/** What befalls the server, and what the back office does there. `onRestored`: its past is another from here on. */
export function createServerEvents(onRestored: () => void): ServerEvents {
  let backup: ServerImage | null = null
  const unlessDead = (work: Promise<unknown>): void => void work.catch(() => undefined)

  return {
    crash: (world) => {
      world.coverage.count('server: crashed')
      world.server.crash()
    },
    changeTroubles: (world) => {
      const chance = world.chance()
      world.server.setTroubles(
        chance.oneIn(4)
          ? noTroubles
          : {
              lostRaces: chance.oneIn(2) ? chance.next() * 0.1 : 0,
              deaths: chance.oneIn(2) ? chance.next() * 0.04 : 0,
              stalls: chance.oneIn(2) ? chance.next() * 0.2 : 0,
            },
      )
    },
    restoreBackup: (world) => {
      const { database } = world
      if (!database) return
      const image = backup
      backup = database.image()
      if (!image) return
      world.coverage.count('server: put back from a backup')
      world.server.crash()
      database.restore(image)
      onRestored()
    },
    /** From an older backup, and its keeper said so: the epoch is another. */
    recreate: (world) => {
      const { database } = world
      if (!database) return
      world.coverage.count('server: recreated with a new epoch')
      world.server.crash()
      const image = new Map(backup ?? database.image())
      const life = database.view.get('life', '')!
      const old = image.get('life')!.get('') as typeof life
      image.set('life', new Map([['', { ...old, epoch: world.newId() }]]))
      database.restore(image)
      onRestored()
    },
    compact: (world) => {
      world.coverage.count('server: compaction')
      unlessDead(world.server.parts().changes.compact(TENANT_ID))
    },
    /** A newer release starts, and tries what was parked. */
    upgrade: (world) => {
      world.coverage.count('server: upgraded')
      world.server.crash()
      const { ingest, clock, onError } = world.server.parts()
      unlessDead(
        redrive({ store: knowingNextRelease(ingest), clock }, onError).then((applied) => {
          if (applied > 0) world.coverage.count('server: parked operations were applied after an upgrade')
        }),
      )
    },
    /** Nobody was there for a season, as far as the server can tell. */
    seasonPasses: (world) => {
      world.coverage.count('server: a season passed')
      world.serverClockOffsetMs += SEASON_MS
      unlessDead(world.server.parts().changes.compact(TENANT_ID))
    },
    sealPacks: (world) => {
      const { database } = world
      if (database === null) return
      unlessDead(
        sealPacks(database, world.server.pace(), storeIds).then((sealed) => {
          if (sealed > 0) world.coverage.count('server: orders were packed')
        }),
      )
    },
    moveRegister: (world) => {
      const chance = world.chance()
      world.coverage.count('office: register moved to another store')
      const [registerId, storeId] = [chance.pick(registerIds), chance.pick(storeIds)]
      unlessDead(world.server.atOffice((office) => office.moveRegister(registerId, storeId)))
    },
    revoke: (world) => {
      const device = world.chance().pick(world.devices)
      const install = installOf(device)
      // Enough others stay in the run.
      if (!install || !device.name.startsWith('clone')) return
      world.coverage.count('office: device revoked')
      unlessDead(world.server.atOffice((office) => office.revoke(install.installId)))
    },
    importRecords: (world) => {
      const id = `import-${world.chance().int(3)}`
      const isThere = world.database?.view.get('records', `customer/${id}`)
      const doc =
        isThere && !isThere.isDeleted ? null : { customerId: id, name: id, phone: null, email: null }
      world.coverage.count(doc ? 'office: record imported' : 'office: record deleted')
      unlessDead(
        world.server.atOffice((office) => office.writeRecords([{ kind: 'customer', id, doc: doc as never }])),
      )
    },
  }
}

/** What the next release can read: its new kind is what this one calls `stock.moved`. */
function knowingNextRelease(ingest: IngestStore): IngestStore {
  return {
    ...ingest,
    inRedrive: (parked, work) =>
      ingest.inRedrive(parked, (tx) => {
        const { operation } = tx
        const kind = operation.kind === KIND_OF_NEXT_RELEASE ? 'stock.moved' : operation.kind
        return work({ ...tx, operation: { ...operation, kind } })
      }),
  }
}
