import type { PaidOrder } from '#domain/order.ts'
import type { FieldWriters } from '#sync/merge-edit.ts'
import type { JournalHead } from '#sync/operation.ts'
import type { Effects, IngestTransaction, Known, RecordWrite } from '../../../server/use-cases/ports.ts'
import type { ServerTransaction } from '../server/memory-database.ts'
import { lifeOf } from '../server/known-rows.ts'
import type { Mutant } from './mutant.ts'

export const serialCursor: Mutant = {
  says: 'versions come from a counter that no commit waits for',
  versions: () => {
    let last = 0
    const taken = new WeakMap<ServerTransaction, number>()
    const next = (tx: ServerTransaction): number => {
      last = Math.max(last, lifeOf(tx).v) + 1
      taken.set(tx, last)
      return last
    }
    return {
      announce: async (tx) => {
        await tx.step()
        return next(tx)
      },
      take: (tx) => {
        const v = taken.get(tx) ?? next(tx)
        taken.delete(tx)
        const life = lifeOf(tx)
        tx.set('life', '', { ...life, v: Math.max(life.v, v) })
        return v
      },
    }
  },
}

export const clientTimeLww: Mutant = {
  says: 'of two edits the one with the later client time stays',
  ingest: (ingest) => ({
    ...ingest,
    inIngest: (install, work) =>
      ingest.inIngest(install, (tx) => {
        let known: Known | null = null
        return work({
          ...tx,
          known: async (mentioned) => (known = await tx.known(mentioned)),
          accept: (batch, effects) => {
            const isLater = (record: RecordWrite): boolean => {
              const before = known?.records.get(`${record.kind}/${record.id}`)
              return latest(record.writers) >= latest(before?.writers ?? {})
            }
            return tx.accept(batch, { ...effects, records: effects.records.filter(isLater) })
          },
        })
      }),
  }),
}

function latest(writers: FieldWriters): number {
  const newest = Object.values(writers).toSorted((one, other) => other.v - one.v)[0]
  return newest?.by.at ?? 0
}

export function batchDerivedKeys(): Mutant {
  const requests = new Map<string, JournalHead>()
  const seen = new Set<string>()
  let chain = ''
  return {
    says: 'what was taken already is told by the batch it came in',
    server: (server) => ({
      ...server,
      push: (request) => {
        requests.set(request.chain, { seq: request.firstSeq - 1, chain: request.previousChain })
        return server.push(request)
      },
    }),
    verify: (message) => {
      chain = message.slice(message.indexOf(':') + 1)
    },
    ingest: (ingest) => ({
      ...ingest,
      inIngest: (install, work) => {
        const [batch, before] = [chain, requests.get(chain)]
        return ingest.inIngest(install, (tx) =>
          work(before ? knowingBatchesOnly(tx, before, batch, seen) : tx),
        )
      },
    }),
  }
}

/** Nothing is known but whole batches: one that overlaps another is taken once more, under keys of its own. */
function knowingBatchesOnly(
  tx: IngestTransaction,
  before: JournalHead,
  batchKey: string,
  seen: Set<string>,
): IngestTransaction {
  const { head } = tx.install
  if (seen.has(batchKey) || before.seq >= head.seq) {
    seen.add(batchKey)
    return tx
  }
  return {
    ...tx,
    install: { ...tx.install, head: before },
    known: async (mentioned) => {
      const known = await tx.known(mentioned)
      const nothing = { operations: new Map(), orders: new Map(), payments: new Set<string>() }
      return { ...known, ...nothing, receiptNumbers: new Set<string>() }
    },
    accept: (batch, effects) => {
      seen.add(batchKey)
      const added = batch.filter(({ operation }) => operation.seq > head.seq)
      if (added.length === 0) return Promise.resolve(true)
      return tx.accept(added, underOtherKeys(effects, batchKey))
    },
  }
}

function underOtherKeys(effects: Effects, key: string): Effects {
  const other = (id: string): string => `${id} in ${key}`
  return {
    ...effects,
    orders: effects.orders.map(({ order, ...write }) => ({
      ...write,
      order: {
        ...order,
        orderId: other(order.orderId),
        payments: order.payments.map((payment) => ({ ...payment, paymentId: other(payment.paymentId) })),
        movements: order.movements.map((move) => ({ ...move, movementId: other(move.movementId) })),
      } satisfies PaidOrder,
    })),
  }
}
