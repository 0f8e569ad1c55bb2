/**
 * What must have happened somewhere in two thousand runs: what people did, faults, what came together, and what the server had
 * to say to it. It follows the nasty cases of the guide. Those that no run of this kind can have are looked at elsewhere: each
 * storage step as the last one (crash-points.test.ts), batches beyond their limits and many devices at once
 * (reconnecting.test.ts), commits of several connections (test/server, torture), journals of every past release and a tab that blocks an
 * upgrade of the schema (test/fixtures, test/e2e).
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  deed: [
    ...['sale', 'sale paid twice here', 'sale of the open order', 'sale of a parked order'],
    ...['sale of a split order', 'sale on a day that is none', 'sale in the hour that comes twice'],
    ...['park', 'resume', 'void', 'split', 'sign in as someone else'],
    ...['refund', 'refund twice', 'refund with the paper of another register'],
    ...['shift close', 'shift over midnight', 'cash moved', 'count', 'stock moved', 'task done'],
    ...['edit', 'delete', 'create again', 'dismissal', 'conflict settled'],
    ...['poison operation', 'operation of the next release'],
    ...['failed with QuotaExceededError', 'failed with AbortError'],
  ],
  network: [
    ...['request lost', 'answer lost', 'request doubled', 'request delivered again hours later'],
    ...['down', 'slow', 'black hole', 'captive portal', '401', '429 or 503'],
  ],
  device: [
    ...[
      'another tab',
      'two tabs pushed at once',
      'a batch was sent behind another',
      'a batch was sent as it was made ready',
      'lock was taken',
      'holder of the lock frozen',
      'tab frozen',
    ],
    ...['tab killed', 'tab killed in the middle of a page', 'tab killed in the middle of a load'],
    ...['browser killed', 'power cut', 'power cut lost what was relaxed', 'connection closed', 'disk full'],
    ...['clock jumped', 'clock a year off', 'profile cloned', 'yesterday’s disk'],
    ...['evicted with unsent', 'evicted with nothing unsent', 'back to release 0.1', 'updated'],
  ],
  cycle: ['ended with QuotaExceededError', 'ended with AbortError'],
  load: ['others wrote meanwhile', 'a record was deleted meanwhile', 'compaction meanwhile'],
  conflict: ['overwritten', 'refused', 'deleted'],
  server: [
    ...['crashed', 'process died between two statements', 'process died before the commit'],
    ...['process died after the commit, before the answer', 'long transaction'],
    ...['transaction lost a race and ran again', 'failed with LostRace'],
    ...['put back from a backup', 'recreated with a new epoch', 'a season passed'],
    ...['compaction', 'compaction dropped tombstones', 'orders were packed'],
    ...['upgraded', 'parked operations were applied after an upgrade'],
  ],
  office: [
    ...['register moved to another store', 'device revoked', 'record imported', 'record deleted'],
    'device admitted again after its enrolment was lost',
  ],
  answer: [
    ...['accepted', 'gap', 'fork', 'parked', 'new identity', 'refund before its sale'],
    ...['page', 'upgrade-required', 'load-again cursor-ahead', 'load-again epoch-changed'],
    ...['load-again scope-changed', 'load-again cursor-too-old', 'failure device/revoked'],
    ...['unauthorised session/none', 'push/unknown-install', 'retry request/500'],
  ],
  flag: [
    ...['closed-shift', 'count-unsure', 'dismissed-staff', 'double-refund', 'duplicate-receipt-number'],
    ...['negative-stock', 'not-permitted', 'order-settled-already', 'overpaid-order', 'price-not-on-list'],
    ...['revoked-install', 'totals-differ', 'unknown-product'],
  ],
  'lost with its storage': ['unacknowledged'],
}

export const expectedCoverage: readonly string[] = Object.entries(expected).flatMap(([kind, names]) =>
  names.map((name) => `${kind}: ${name}`),
)
