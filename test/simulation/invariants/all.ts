import { nothingLost } from './i01-nothing-lost.ts'
import { noDuplicate } from './i02-no-duplicate.ts'
import { journalsAgree } from './i03-journals-agree.ts'
import { replayChangesNothing } from './i04-replay.ts'
import { allOrNone } from './i05-all-or-none.ts'
import { cursorComplete } from './i06-cursor-complete.ts'
import { neverBack } from './i07-never-back.ts'
import { coversEffects } from './i08-covers-effects.ts'
import { equalDigests } from './i09-equal-digests.ts'
import { sums } from './i10-sums.ts'
import { conflictRecords } from './i11-conflict-records.ts'
import { receiptNumbers } from './i12-receipt-numbers.ts'
import { scopeKept } from './i15-scope.ts'
import { compactionChangesNothing } from './i16-compaction.ts'
import type { Invariant } from './invariant.ts'

/** I13 and I14 are questions to the run as a whole: see `other-clocks.ts` and `come-to-rest.ts`. */
export const invariants: readonly Invariant[] = [
  nothingLost,
  noDuplicate,
  journalsAgree,
  replayChangesNothing,
  allOrNone,
  cursorComplete,
  neverBack,
  coversEffects,
  equalDigests,
  sums,
  conflictRecords,
  receiptNumbers,
  scopeKept,
  compactionChangesNothing,
]
