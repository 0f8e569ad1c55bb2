import type { JournalHead } from '#sync/operation.ts'
import { loadMeta, saveMeta } from './meta.ts'
import type { ReceiptRow, ShiftRow, SyncRow } from './rows.ts'
import type { ReadTransaction, WriteTransaction } from './tables.ts'

/**
 * Rows of release 0.1 as this release has them. [C3] The journal is neither read nor written: its bytes are what was
 * signed. Orders are written anew by portions, as a till may hold a year of them.
 */
export async function upgradeFrom1(tx: WriteTransaction): Promise<void> {
  await upgradeMeta(tx)
  await upgradeOrders(tx)
}

async function upgradeMeta(tx: WriteTransaction): Promise<void> {
  const [install, sync, openOrder, head, receipt, [shift]] = await Promise.all([
    loadMeta(tx, 'install'),
    loadMeta(tx, 'sync'),
    loadMeta(tx, 'openOrder'),
    oldMeta<JournalHead>(tx, 'journal'),
    oldMeta<ReceiptRow>(tx, 'receipt'),
    listOpenShifts(tx),
  ])
  if (install === null || sync === null || head === null) return
  const { seq, chain } = head
  saveMeta(tx, 'journal', {
    seq,
    chain,
    installId: install.installId,
    receipt,
    openShift: shift ? { ...shift, storeId: install.storeId ?? '', cashMovedMinor: 0 } : null,
    nextZ: 1,
    openOrder: openOrder && { orderId: openOrder.orderId, isParked: false },
  })
  saveMeta(tx, 'sync', { ...newInVersion2, ...sync })
  tx.delete('meta', ['receipt'])
  // No shift was ever closed by 0.1.
  tx.clear('shifts')
}

/** No scope: the server names the right one, and the device loads again, packed, while it goes on selling. */
const newInVersion2: Pick<SyncRow, 'scopeId' | 'ordersSince' | 'lastDigest' | 'needsUpgrade' | 'isRevoked'> =
  { scopeId: '', ordersSince: null, lastDigest: null, needsUpgrade: false, isRevoked: false }

async function oldMeta<T>(tx: ReadTransaction, key: string): Promise<T | null> {
  const row = await tx.get('meta', key)
  return (row?.value as T | undefined) ?? null
}

async function listOpenShifts(tx: ReadTransaction): Promise<Omit<ShiftRow, 'storeId' | 'cashMovedMinor'>[]> {
  const shifts = await tx.list('shifts')
  return shifts.flatMap((row) => {
    const { isOpen, ...shift } = row as ShiftRow & { isOpen?: 0 | 1 }
    return isOpen === 1 ? [shift] : []
  })
}

const ROWS_AT_ONCE = 500

async function upgradeOrders(tx: WriteTransaction): Promise<void> {
  for (let from = ''; ;) {
    const rows = await tx.list('orders', { from, most: ROWS_AT_ONCE })
    tx.put(
      'orders',
      rows.map((row) => {
        const refundOf = row.order?.refundOf
        return refundOf ? { ...row, status: 'paid', refundOf } : { ...row, status: 'paid' }
      }),
    )
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_ONCE) return
    from = `${last.orderId}\u0000`
  }
}
