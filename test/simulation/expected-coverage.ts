/** What must have happened somewhere in two thousand runs: faults, deeds, and what the server had to say to them. */
export const expectedCoverage: readonly string[] = [
  ...[
    'sale',
    'sale paid twice here',
    'sale of the open order',
    'sale of a parked order',
    'sale of a split order',
  ],
  ...[
    'park',
    'refund',
    'refund twice',
    'refund with the paper of another register',
    'shift close',
    'cash moved',
  ],
  ...['count', 'stock moved', 'edit', 'delete', 'create again', 'dismissal', 'conflict settled', 'task done'],
  ...['poison operation', 'operation of the next release', 'sale on a day that is none'],
  ...['failed with QuotaExceededError', 'failed with AbortError', 'sign in as someone else', 'resume'],
]
  .map((deed) => `deed: ${deed}`)
  .concat(
    [
      'request lost',
      'answer lost',
      'request delivered again hours later',
      'slow',
      'black hole',
      'captive portal',
    ]
      .concat('401', '429 or 503')
      .map((fault) => `network: ${fault}`),
    [
      'tab killed',
      'tab frozen',
      'holder of the lock frozen',
      'lock was taken',
      'another tab',
      'browser killed',
    ]
      .concat('power cut', 'power cut lost what was relaxed', 'connection closed', 'disk full')
      .concat('clock jumped', 'clock a year off', 'profile cloned', 'yesterday’s disk')
      .concat('evicted with unsent', 'evicted with nothing unsent', 'back to release 0.1', 'updated')
      .map((fault) => `device: ${fault}`),
    ['crashed', 'process died between two statements', 'process died before the commit', 'long transaction']
      .concat('process died after the commit, before the answer', 'transaction lost a race and ran again')
      .concat('put back from a backup', 'recreated with a new epoch', 'compaction dropped tombstones')
      .concat('upgraded', 'parked operations were applied after an upgrade', 'orders were packed')
      .map((fault) => `server: ${fault}`),
    ['register moved to another store', 'device revoked', 'record imported', 'record deleted']
      .concat('device admitted again after its enrolment was lost')
      .map((deed) => `office: ${deed}`),
    ['accepted', 'gap', 'fork', 'parked', 'new identity', 'page', 'upgrade-required']
      .concat('load-again cursor-ahead', 'load-again epoch-changed', 'load-again scope-changed')
      .concat('load-again cursor-too-old', 'failure device/revoked', 'unauthorised session/none')
      .map((answer) => `answer: ${answer}`),
    [
      'closed-shift',
      'count-unsure',
      'dismissed-staff',
      'double-refund',
      'duplicate-receipt-number',
      'negative-stock',
    ]
      .concat(
        'not-permitted',
        'order-settled-already',
        'overpaid-order',
        'price-not-on-list',
        'revoked-install',
      )
      .concat('totals-differ', 'unknown-product')
      .map((flag) => `flag: ${flag}`),
  )
