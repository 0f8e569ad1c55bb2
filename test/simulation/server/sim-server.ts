import type { Coverage } from '../coverage.ts'
import type { Interleaving, Request } from '../network.ts'
import type { Owner, Scheduler } from '../scheduler.ts'
import type { Chance } from '../chance.ts'
import { LostRace, type ServerPace } from './memory-database.ts'
import type { Office } from './office.ts'
import type { ServerParts } from './server-parts.ts'
import { answer } from './answer.ts'

/** What happens to a server's process. Shares are 0…1, per statement. */
export type ProcessTroubles = {
  readonly lostRaces: number
  /** Before or after the commit, or between two statements. */
  readonly deaths: number
  /** Statements that take up to two seconds. */
  readonly stalls: number
}

export const noTroubles: ProcessTroubles = { lostRaces: 0, deaths: 0, stalls: 0 }
const LONGEST_STALL_MS = 2_000

export type SimServer = {
  receive(request: Request): Promise<string>
  /** The ports of the process that runs now, for maintenance. */
  parts(): ServerParts
  /** Somebody works in the back office. */
  atOffice<T>(work: (office: Office) => Promise<T>): Promise<T>
  /** How the transactions of the process that runs now go on. */
  pace(): ServerPace
  /** All that it had begun is rolled back, every connection is reset; another process starts. */
  crash(): void
  setTroubles(troubles: ProcessTroubles): void
}

type Making = {
  readonly scheduler: Scheduler
  readonly chance: () => Chance
  readonly coverage: Coverage
  readonly interleaving: Interleaving
  makeParts(pace: ServerPace): ServerParts
}

/** A server's process after the other, over one database. */
export function createSimServer(making: Making): SimServer {
  const { scheduler, chance, coverage } = making
  let troubles = noTroubles
  let process = startProcess()

  function startProcess() {
    const owner = scheduler.owner('server')
    const pace = paceOf(owner)
    return { owner, pace, parts: making.makeParts(pace), resets: new Set<() => void>() }
  }

  function crash(): void {
    const { owner, resets } = process
    owner.kill()
    process = startProcess()
    for (const reset of resets) reset()
  }

  function paceOf(owner: Owner): ServerPace {
    const isAtOnce = making.interleaving === 'request by request'
    return {
      onDeath: (listener) => owner.onKill(listener),
      step: (what) => {
        if (isAtOnce) return Promise.resolve()
        return new Promise((resolve, reject) => {
          scheduler.soon(owner, () => {
            // Without troubles: neither the low end nor the high one.
            const draw = troubles === noTroubles ? 0.5 : chance().next()
            if (draw < troubles.deaths) {
              coverage.count(`server: process died ${placeOfDeath[what]}`)
              crash()
            } else if (draw < troubles.deaths + troubles.lostRaces && what !== 'committed') {
              coverage.count('server: transaction lost a race and ran again')
              reject(new LostRace())
            } else if (draw > 1 - troubles.stalls) {
              coverage.count('server: long transaction')
              scheduler.after(owner, chance().int(LONGEST_STALL_MS), resolve)
            } else resolve()
          })
        })
      },
    }
  }

  return {
    receive: (request) => {
      const { parts, resets } = process
      return new Promise((resolve, reject) => {
        const reset = (): void => reject(new Error('connection reset'))
        resets.add(reset)
        answer(parts, request)
          .then(resolve, (error: unknown) => {
            coverage.count(`server: failed with ${error instanceof Error ? error.name : 'nothing'}`)
            // Lost five races in a row: the device comes again.
            if (!(error instanceof LostRace)) parts.onError(error)
            resolve(JSON.stringify({ kind: 'retry', code: 'request/500' }))
          })
          .finally(() => resets.delete(reset))
      })
    },
    parts: () => process.parts,
    atOffice: (work) => {
      if (making.interleaving === 'statement by statement') return work(process.parts.office)
      return new Promise((resolve, reject) => {
        scheduler.soon(process.owner, () => work(process.parts.office).then(resolve, reject))
      })
    },
    pace: () => process.pace,
    crash,
    setTroubles: (next) => {
      troubles = next
    },
  }
}

const placeOfDeath = {
  statement: 'between two statements',
  commit: 'before the commit',
  committed: 'after the commit, before the answer',
} as const
