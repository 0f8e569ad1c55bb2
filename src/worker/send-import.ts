import { success, type Result } from '#domain/failure.ts'
import type { ImportedOrder, ImportedSales } from '#import/imported-order.ts'
import { IMPORT_CHUNK_ORDERS, type ImportedOrderWire } from '#protocol/import.ts'
import { retryDelayMs } from '#sync/retry.ts'
import type { ApiClient } from '../transport/api-client.ts'
import { callForResult } from '../transport/call.ts'
import type { ImportOutcome } from './api.ts'

export type ImportToSend = {
  readonly fileName: string
  /** Which program wrote the file. */
  readonly source: string
  readonly sales: ImportedSales
  /** Hears rows sent and rows in all. */
  readonly progress: (done: number, total: number) => void
  /** Ends the import after the request that is under way. */
  readonly cancelled: AbortSignal
  /** How long to wait before the n-th next try. */
  readonly delayMs?: (failures: number) => number
}

/** About half a minute without a network before the person is told. */
const mostTries = 6

/**
 * Sends orders in pieces. A piece whose answer was lost is sent again: orders have the same ids every time, so nothing
 * counts twice. After a failure what was taken stays, and the same file can be sent again.
 */
export async function sendImport(api: ApiClient, work: ImportToSend): Promise<Result<ImportOutcome>> {
  const { sales, progress, cancelled } = work
  const begun = await callForResult(() =>
    api.import.begin.mutate({
      fileName: work.fileName.slice(0, 500),
      source: work.source,
      rowsRefused: sales.summary.rowsRefused,
    }),
  )
  if (!begun.ok) return begun
  const { importId } = begun.value
  let ordersTaken = 0
  let ordersKnown = 0
  let rowsDone = 0
  progress(0, sales.summary.rowsTaken)
  for (let at = 0; at < sales.orders.length && !cancelled.aborted; at += IMPORT_CHUNK_ORDERS) {
    const orders = sales.orders.slice(at, at + IMPORT_CHUNK_ORDERS)
    const sent = await persistently(work, cancelled, () =>
      api.import.append.mutate({ importId, orders: onWire(orders) }),
    )
    if (sent === 'stopped') break
    if (!sent.ok) return sent
    ordersTaken += sent.value.taken
    ordersKnown += sent.value.known
    rowsDone += orders.reduce((rows, order) => rows + order.lines.length, 0)
    progress(rowsDone, sales.summary.rowsTaken)
  }
  const wasCancelled = cancelled.aborted
  const ended = await persistently(work, null, () => api.import.end.mutate({ importId, wasCancelled }))
  if (ended !== 'stopped' && !ended.ok) return ended
  return success({ importId, wasCancelled, ordersTaken, ordersKnown, rowsRefused: sales.summary.rowsRefused })
}

/** Tries again what another try can mend; `mayStop` ends the waiting. */
async function persistently<T>(
  { delayMs = (failures) => retryDelayMs(failures, Math.random()) }: ImportToSend,
  mayStop: AbortSignal | null,
  request: () => Promise<Result<T>>,
): Promise<Result<T> | 'stopped'> {
  for (let tries = 1; ; tries += 1) {
    const answer = await callForResult(request)
    if (answer.ok || !passing.has(answer.failure.code) || tries === mostTries) return answer
    await pause(delayMs(tries), mayStop)
    if (mayStop?.aborted) return 'stopped'
  }
}

const passing = new Set(['network/unreachable', 'request/too-often'])

function pause(ms: number, mayStop: AbortSignal | null): Promise<void> {
  if (mayStop?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    mayStop?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The wire's type is the same but for `readonly`. */
function onWire(orders: readonly ImportedOrder[]): ImportedOrderWire[] {
  return orders as unknown as ImportedOrderWire[]
}
