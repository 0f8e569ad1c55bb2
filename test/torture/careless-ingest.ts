import type { PushRequest } from '#protocol/push.ts'
import { ingestPartsOn } from '../server/virtual-shop.ts'
import { acceptOperations } from '../../server/use-cases/accept-operations.ts'
import type { HeldDatabase } from './held-database.ts'
import { dropUnique } from './proof/plants.ts'

/**
 * A server that recognises nothing: no sequence check, nothing known, no unique index. It takes what it is sent, however
 * often. What it leaves behind can't be mended.
 */
export async function takeCarelessly(held: HeldDatabase, requests: readonly PushRequest[]): Promise<number> {
  for (const table of ['operation', 'orders', 'payment', 'stock_movement', 'batch_signature'])
    await dropUnique(held.query, table)
  const parts = ingestPartsOn(held.database)
  let taken = 0
  for (const request of requests) {
    const answer = await acceptOperations(
      {
        ...parts,
        store: {
          ...parts.store,
          inIngest: (install, work) =>
            parts.store.inIngest(install, (tx) =>
              work({
                ...tx,
                install: { ...tx.install, head: { seq: request.firstSeq - 1, chain: request.previousChain } },
                known: async (mentioned) => ({
                  ...(await tx.known(mentioned)),
                  ...{
                    operations: new Map(),
                    orders: new Map(),
                    payments: new Set(),
                    receiptNumbers: new Set(),
                  },
                }),
              }),
            ),
        },
      },
      request,
    )
    if (answer.ok && answer.value.status === 'accepted') taken += 1
  }
  return taken
}
