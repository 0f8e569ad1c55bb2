import { success, type Result } from '#domain/failure.ts'
import type { ImportedOrder, ImportedSales } from '#import/imported-order.ts'
import { IMPORT_CHUNK_ORDERS, type ImportedOrderWire } from '#protocol/import.ts'
import type { ApiClient } from '../transport/api-client.ts'
import { callForResult } from '../transport/call.ts'
import type { ImportOutcome } from './api-office.ts'
import { persistently } from './persistently.ts'

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
  readonly delayMs?: ((failures: number) => number) | undefined
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
  for (const orders of piecesOf(sales.orders)) {
    if (cancelled.aborted) break
    const sent = await persistently(() => api.import.append.mutate({ importId, orders: onWire(orders) }), {
      mostTries,
      mayStop: cancelled,
      delayMs: work.delayMs,
    })
    if (sent === 'stopped') break
    if (!sent.ok) return sent
    ordersTaken += sent.value.taken
    ordersKnown += sent.value.known
    rowsDone += orders.reduce((rows, order) => rows + order.lines.length, 0)
    progress(rowsDone, sales.summary.rowsTaken)
  }
  const wasCancelled = ordersTaken + ordersKnown < sales.orders.length
  const ended = await persistently(() => api.import.end.mutate({ importId, wasCancelled }), {
    mostTries,
    delayMs: work.delayMs,
  })
  if (ended !== 'stopped' && !ended.ok) return ended
  return success({ importId, wasCancelled, ordersTaken, ordersKnown, rowsRefused: sales.summary.rowsRefused })
}

/** A request stays far below the 8 MB that the other side takes, also where orders have many lines. */
const mostLines = 4_000

function* piecesOf(orders: readonly ImportedOrder[]): Generator<readonly ImportedOrder[]> {
  let start = 0
  let lines = 0
  for (const [index, order] of orders.entries()) {
    lines += order.lines.length
    if (index > start && (index - start === IMPORT_CHUNK_ORDERS || lines > mostLines)) {
      yield orders.slice(start, index)
      start = index
      lines = order.lines.length
    }
  }
  if (start < orders.length) yield orders.slice(start)
}

/** The wire's type is the same but for `readonly`. */
function onWire(orders: readonly ImportedOrder[]): ImportedOrderWire[] {
  return orders as unknown as ImportedOrderWire[]
}
