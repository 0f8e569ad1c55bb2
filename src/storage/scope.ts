import { loadAgain } from '#sync/pull-state.ts'
import { offerAgain } from '#sync/push-state.ts'
import { offerCarriedAgain } from './carried.ts'
import { needMeta, saveMeta } from './meta.ts'
import { offerPast, pastTables } from './offer-past.ts'
import { layAllOver } from './overlays.ts'
import type { SyncRow } from './rows.ts'
import type { Storage } from './tables.ts'

/** `DeviceScope` of the protocol. */
export type Scope = {
  readonly id: string
  readonly storeId: string | null
  readonly registerId: string | null
}

export type LoadAgain = {
  readonly epoch: string
  /** `lost`: the server holds less of our operations than it had acknowledged. */
  readonly reason:
    'epoch-changed' | 'cursor-ahead' | 'cursor-too-old' | 'scope-changed' | 'digest-differs' | 'lost'
  /** Null where it is the same. */
  readonly scope: Scope | null
}

/** Where a device was when it asked. */
export type Seen = Pick<SyncRow, 'epoch' | 'generation' | 'cursor' | 'scopeId'>

/**
 * [L5] [L6] [L7] Begins a load that replaces what was pulled; nothing here is wiped, and what it does not bring leaves at its
 * end. Where the server may have gone back, every retained operation is offered again and lies over what is loaded. A new
 * scope holds from now on. False where the device has moved on since it asked, as when another tab was faster.
 */
export function beginLoadAgain(storage: Storage, seen: Seen, next: LoadAgain, now: number): Promise<boolean> {
  return storage.write([...pastTables, 'overlays', 'records', 'carried'], 'strict', async (tx) => {
    const [sync, install] = await Promise.all([needMeta(tx, 'sync'), needMeta(tx, 'install')])
    const scopeId = next.scope?.id ?? sync.scopeId
    const isWhereItWas =
      sync.epoch === seen.epoch &&
      sync.generation === seen.generation &&
      sync.cursor === seen.cursor &&
      sync.scopeId === seen.scopeId
    // [I7] What a load has brought before the server went back hides that our own work is lost: it begins anew.
    const isLoadingIt =
      next.reason !== 'lost' && sync.load !== null && sync.epoch === next.epoch && sync.scopeId === scopeId
    if (!isWhereItWas || isLoadingIt) return false

    // [I9] A digest that differs may be the only sign of it: others can have filled the server past our cursor since.
    const mayHaveGoneBack =
      sync.epoch !== next.epoch || ['cursor-ahead', 'lost', 'digest-differs'].includes(next.reason)
    if (mayHaveGoneBack) {
      await offerPast(tx)
      await layAllOver(tx)
      await offerCarriedAgain(tx, null)
    }
    if (next.scope !== null && next.scope.id !== sync.scopeId) {
      const { storeId, registerId } = next.scope
      saveMeta(tx, 'install', { ...install, storeId, registerId })
    }
    saveMeta(tx, 'sync', {
      ...sync,
      ...loadAgain(sync, next.epoch),
      ...(mayHaveGoneBack && offerAgain(sync, next.epoch)),
      scopeId,
      lastContactAt: now,
    })
    return true
  })
}
