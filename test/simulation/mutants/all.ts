import {
  ackBeforeComplete,
  cursorBeforeRows,
  deleteOnSend,
  reusedReceiptNumbers,
  wipeOnMismatch,
} from './device-mutants.ts'
import type { Mutant } from './mutant.ts'
import { batchDerivedKeys, clientTimeLww, serialCursor } from './server-mutants.ts'

/** The mistakes of the guide, by their names there; each run has one of its own. */
export const mutants: Readonly<Record<string, () => Mutant>> = {
  'serial-cursor': () => serialCursor,
  'ack-before-complete': () => ackBeforeComplete,
  'delete-on-send': () => deleteOnSend,
  'cursor-before-rows': () => cursorBeforeRows,
  'client-time-lww': () => clientTimeLww,
  'batch-derived-keys': batchDerivedKeys,
  'reused-receipt-numbers': () => reusedReceiptNumbers,
  'wipe-on-mismatch': () => wipeOnMismatch,
}
