import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { JournalHead } from '#sync/operation.ts'
import { type InstallRow, operationText } from '../server/tables.ts'
import type { Invariant } from './invariant.ts'

export const journalsAgree: Invariant = {
  rule: 'I3',
  says: 'the sequence of an install at the server is exactly 1…last, and the chains agree with the devices',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    const checked = new Map<string, JournalHead>()
    watch.onServerRestored(() => checked.clear())
    watch.onServerCommit((changes) => {
      for (const [installId, row] of changes.get('installs') ?? []) {
        const { head } = row as InstallRow
        const from = checked.get(installId) ?? emptyJournal(installId)
        if (head.seq < from.seq) world.fail('I3', `the journal of ${installId} went back to ${head.seq}`)
        const run = Array.from({ length: Math.max(0, head.seq - from.seq) }, (_, index) =>
          view.get('operations', operationText(installId, from.seq + index + 1)),
        )
        const operations = run.flatMap((each) => (each ? [each.operation] : []))
        const check = verifyRun(from, operations)
        if (operations.length < run.length || !check.ok || check.head.chain !== head.chain)
          world.fail('I3', `the journal of ${installId} has no whole chain up to ${head.seq}`)
        for (const operation of operations) {
          const written = world.ledger.durable.get(operation.opId)
          if (written?.payload !== operation.payload)
            world.fail('I3', `operation ${operation.opId} came with other bytes than were written`)
        }
        checked.set(installId, head)
      }
    })
  },
}
