import { createHash } from 'node:crypto'
import { canonicalJson } from '#sync/canonical-json.ts'
import { textOf } from '../canonical-text.ts'
import { toSegment } from './segment-columns.ts'
import type { ServerView } from './memory-database.ts'

/** What a server holds, in a shape that does not depend on where it lies. Heard times and the like are left out. */
export type ServerState = Readonly<Record<string, readonly unknown[]>>

/** `withVersions`: which version each row was written in. `asText`: documents as their canonical text. */
export function dumpState(view: ServerView, { withVersions = true, asText = true } = {}): ServerState {
  const text = (value: unknown): unknown => (asText ? textOf(value) : value)
  const v = (row: { readonly v: number }) => (withVersions ? { v: row.v } : {})
  return {
    operations: rows(view, 'operations', ([key, { operation, result, ...row }]) => ({
      key,
      opId: operation.opId,
      hash: operation.hash,
      status: result.status,
      flags: result.flags.toSorted(),
      ...v(row),
    })),
    orders: rows(view, 'orders', ([key, { order, installId, seq, shiftId, status, ...row }]) => ({
      key,
      total: order.totals.totalMinor,
      ...{ installId, seq, shiftId, status },
      ...v(row),
    })),
    payments: rows(view, 'payments', ([key, { payment, orderId, shiftId }]) => ({
      key,
      orderId,
      shiftId,
      tender: payment.tender,
      amount: payment.amountMinor,
    })),
    cash: rows(view, 'cash', ([key, { shiftId, kind, amountMinor }]) => ({
      key,
      ...{ shiftId, kind, amount: amountMinor },
    })),
    movements: rows(view, 'movements', ([key, { stockKey, kind, quantityMilli, ...row }]) => ({
      key,
      ...{ stockKey, kind, quantityMilli },
      ...v(row),
    })),
    stock: rows(view, 'stock', ([key, { levelMilli, isKept }]) => ({ key, levelMilli, isKept })),
    shifts: rows(view, 'shifts', ([key, { isClosed, zNumber, installId }]) => ({
      key,
      isClosed,
      zNumber,
      installId,
    })),
    records: rows(view, 'records', ([key, { isDeleted, doc, storeId, ...row }]) => ({
      key,
      isDeleted,
      doc: isDeleted ? null : text(doc),
      storeId,
      ...v(row),
    })),
    segments: rows(view, 'segments', ([key, row]) => {
      const segment = toSegment(row)
      return { key, segment: text(withVersions ? segment : { ...segment, v: 0 }) }
    }),
    installs: rows(view, 'installs', ([key, { head, storeId, isRevoked }]) => ({
      key,
      head,
      storeId,
      isRevoked,
    })),
  }
}

export function hashOf(state: ServerState): string {
  return createHash('sha256').update(canonicalJson(state)).digest('hex').slice(0, 16)
}

function rows<Name extends Parameters<ServerView['list']>[0], T extends { readonly key: string }>(
  view: ServerView,
  table: Name,
  read: (row: ReturnType<typeof view.list<Name>>[number]) => T,
): T[] {
  return view
    .list(table)
    .map(read)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
}
