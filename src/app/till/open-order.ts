import type { OpenOrder } from '#domain/order.ts'
import { device } from '../device.ts'

/** Undefined until the device was asked; null when no order is being built. */
let current: OpenOrder | null | undefined
let isSaving = false
let isChangedSince = false

/** The order being built, as screens last set it. Only behind `TillGate`, which loads it. */
export function openOrder(): OpenOrder | null {
  return current ?? null
}

export function isOpenOrderLoaded(): boolean {
  return current !== undefined
}

/** True once it is loaded. */
export async function loadOpenOrder(): Promise<true> {
  const loaded = await device.loadOpenOrder()
  if (current === undefined) current = loaded
  return true
}

/**
 * Keeps the order in memory at once and on the device soon. Saves are ordered and never overlap; of changes that come
 * during a save only the last is written.
 */
export function keepOpenOrder(order: OpenOrder | null): void {
  if (order === current) return
  current = order
  isChangedSince = true
  if (!isSaving) void saveUntilSettled()
}

async function saveUntilSettled(): Promise<void> {
  isSaving = true
  try {
    while (isChangedSince) {
      isChangedSince = false
      await device.saveOpenOrder(current ?? null)
    }
  } catch (error) {
    // The order is still in memory and the next change tries again.
    reportError(error)
  } finally {
    isSaving = false
  }
}
