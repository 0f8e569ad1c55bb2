import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { createChangesStore } from '../../../server/database/changes-store.ts'
import { openEmbedded } from '../../../server/database/embedded.ts'
import { createDatabase, type Database } from '../../../server/database/pool.ts'
import { createLog } from '../../../server/log.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { pullChanges } from '../../../server/use-cases/read-changes.ts'
import { ingestPartsOn } from '../../server/virtual-shop.ts'
import type { Chance } from '../../simulation/chance.ts'
import { endWithProof } from '../ending.ts'
import type { Scenario, Torture } from '../scenario.ts'
import { openShopServer, type ShopServer } from '../shop-server.ts'
import { createVirtualTill } from '../virtual-till.ts'

export const versionRaces: Scenario = {
  name: 'version-races',
  about: 'eight connections write for one business at once, and a cursor reads along',
  times: { usual: 120, short: 20 },
  async run() {
    throw new Error('not yet')
  },
}
