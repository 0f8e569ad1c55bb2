import type { Services } from './api/context.ts'
import { type Admission, createAdmission } from './admission.ts'
import type { Config } from './config.ts'
import type { Database } from './database/pool.ts'
import { createTenantOfInstall } from './tenant-of-install.ts'

/** A device gives a request up after 20 s (src/transport/api-client.ts), and its sales have to travel and be stored in that time, too. */
const longestWaitMs = 8_000
/** Of the connections to the database, for each kind of work: the rest is for people. */
const shareOfPool = 0.25

/** Each kind of a device's work has places and lines of its own; a business is a group. */
export function admitDevices(
  config: Pick<Config, 'devicesAtOnce' | 'devicesWaiting' | 'databasePoolMax'>,
  database: Pick<Database, 'asSystem'>,
): Services['admit'] {
  const tenantOf = createTenantOfInstall(database)
  const atOnce = Math.max(1, Math.min(config.devicesAtOnce, Math.floor(config.databasePoolMax * shareOfPool)))
  const limits = {
    atOnce,
    // Sales of one business are stored one batch after the other anyway ([S1]).
    mostOfOneGroup: Math.max(1, atOnce - 1),
    mostWaiting: config.devicesWaiting,
    longestWaitMs,
  }
  const open = (): Admission =>
    createAdmission(limits, { now: () => performance.now(), chance: () => Math.random() })
  const admissions = { send: open(), read: open(), token: open() }
  return async (kind, installId, work, gone) => admissions[kind].run(await tenantOf(installId), work, gone)
}
