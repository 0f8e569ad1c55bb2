import type { CarriedJournal, SyncFacts } from '../../worker/api-device.ts'
import { formatNumber } from '../../ui/format.ts'

/**
 * [C6] Why this device may not be forgotten now; null where it may. What lies in a saved copy is safe, and what was brought
 * here from another device is nowhere else.
 */
export function forgetOffReason(
  { unsentCount, journalSeq, exportedSeq }: Pick<SyncFacts, 'unsentCount' | 'journalSeq' | 'exportedSeq'>,
  carried: readonly Pick<CarriedJournal, 'registerName' | 'state'>[],
  locale: string,
): string | null {
  if (unsentCount > 0 && exportedSeq < journalSeq)
    return `${formatNumber(unsentCount, locale)} only here. Connect this device until all are sent, or save a copy first.`
  const waiting = carried.find(({ state }) => state === 'waiting')
  return waiting
    ? `The copy of ${waiting.registerName || 'another device'} waits here. Connect this device until it is handed over.`
    : null
}
