import type { PushRequest } from '#protocol/push.ts'
import { takeCarelessly } from './careless-ingest.ts'
import type { Ledger } from './ledger.ts'
import { prove, type Proof, type ToProve } from './proof.ts'
import { plants } from './proof/plants.ts'
import type { HeldDatabase } from './held-database.ts'
import type { Checked } from './scenario.ts'
import { assertDurable, type ShopServer } from './shop-server.ts'

export type Ended = { readonly checks: Checked[]; readonly proof: Proof }

/**
 * The end of every scenario that has a server: the proof from the database, and the proof's own proof: each planted fault must
 * be found in this very database.
 */
export async function endWithProof(server: ShopServer, ledger: Ledger, mostUnsaid: number): Promise<Ended> {
  return server.withDatabase(async (held) => {
    await assertDurable(held)
    const toProve = { completed: ledger.all(), mostUnsaid }
    const proof = await prove(held.query, toProve)
    const { operations, orders, closedShifts } = proof.held
    return {
      proof,
      checks: [
        {
          what: `I1 I2 I3 I5 I10 I12: ${ledger.orders()} orders done, ${orders} held in ${operations} operations, ${closedShifts} shifts closed`,
          isRight: proof.violations.length === 0,
          detail: textOf(proof.violations),
        },
        await plantedFaults(held, toProve),
      ],
    }
  })
}

async function plantedFaults(held: HeldDatabase, toProve: ToProve): Promise<Checked> {
  const missed: string[] = []
  for (const { name, rule, put } of plants) {
    try {
      const { violations } = await held.spoiled(async (query) => {
        await put(query)
        return prove(query, toProve)
      })
      if (!violations.some((violation) => violation.rule === rule)) missed.push(`${name} (${rule})`)
    } catch (error) {
      missed.push(`${name}: ${String(error)}`)
    }
  }
  return {
    what: `control: ${plants.length - missed.length} of ${plants.length} planted faults are found in it`,
    isRight: missed.length === 0,
    detail: missed.join('; '),
  }
}

/** Without indexes each takes longer than the one before it. */
const MOST_CARELESS = 30

/**
 * What was sent is sent again. First to the server as it is: nothing may change ([I4]). Then to one that recognises nothing, as
 * the control: it must double what it takes, and the proof must say so. Nothing can be proven with the database afterwards.
 */
export async function replayEverything(
  server: ShopServer,
  ledger: Ledger,
  mostUnsaid: number,
  sent: readonly PushRequest[],
): Promise<Checked[]> {
  const requests = [...new Map(sent.map((request) => [keyOf(request), request])).values()]
  const toProve = { completed: ledger.all(), mostUnsaid }
  for (const request of requests) await sendAgain(server.url, request)
  return server.withDatabase(async (held) => {
    const after = await prove(held.query, toProve)
    const taken = await takeCarelessly(held, requests.slice(0, MOST_CARELESS))
    const careless = await prove(held.query, toProve)
    const rules = new Set(careless.violations.map(({ rule }) => rule))
    return [
      {
        what: `all ${requests.length} pushes sent again change nothing`,
        isRight: after.violations.length === 0,
        detail: textOf(after.violations),
      },
      {
        what: `control: a server without the sequence check and unique ids takes ${taken} of them again, and the proof fails`,
        isRight: taken > 0 && rules.has('I2') && rules.has('I3'),
        detail: `found ${[...rules].join(' ')}`,
      },
    ]
  })
}

/** A batch that was tried again has another signature and says the same. */
function keyOf({ installId, firstSeq, chain }: PushRequest): string {
  return `${installId} ${firstSeq} ${chain}`
}

async function sendAgain(url: string, request: PushRequest): Promise<void> {
  const response = await fetch(`${url}/trpc/operations.push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  await response.arrayBuffer()
}

export function textOf(violations: Proof['violations']): string {
  const shown = violations.slice(0, 5).map(({ rule, what }) => `[${rule}] ${what}`)
  const more = violations.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n      ')
}
