import { failed, type Failure } from '#domain/failure.ts'
import { isToHandOver } from '../storage/carried.ts'
import type { CarriedRow } from '../storage/rows.ts'
import type { CarriedJournal } from './api-device.ts'

/** Batches by the journal that they are of, newest import first. */
export function carriedJournals(rows: readonly CarriedRow[]): CarriedJournal[] {
  const byInstall = new Map<string, CarriedRow[]>()
  for (const row of rows) byInstall.set(row.installId, [...(byInstall.get(row.installId) ?? []), row])
  return [...byInstall.values()].map(journalOf).toSorted((one, other) => other.importedAt - one.importedAt)
}

function journalOf(rows: readonly CarriedRow[]): CarriedJournal {
  const [first] = rows
  const refused = rows.flatMap(({ outcome }) => (outcome && 'code' in outcome ? [outcome.code] : []))[0]
  const isWaiting = rows.some(isToHandOver)
  const lastSeq = Math.max(...rows.map((row) => row.lastSeq))
  const firstSeq = Math.min(...rows.map((row) => row.firstSeq))
  return {
    installId: first!.installId,
    registerName: first!.registerName,
    importedAt: Math.max(...rows.map(({ importedAt }) => importedAt)),
    operations: lastSeq - firstSeq + 1,
    state: refused !== undefined ? 'refused' : isWaiting ? 'waiting' : 'handed-over',
    failure: refused === undefined ? missingIn(rows) : failureOf(refused),
  }
}

/** [P2] What must come before the rest can be taken. */
function missingIn(rows: readonly CarriedRow[]): Failure | null {
  for (const { firstSeq, outcome } of rows) {
    if (outcome === null || !('missingFromSeq' in outcome)) continue
    const [from, to] = [outcome.missingFromSeq, firstSeq - 1]
    const which = from >= to ? `entry ${to} has` : `entries ${from} to ${to} have`
    const mend = 'They come from that device when it has a connection, or with a copy that holds them.'
    return failed('journal/part-missing', `Its ${which} not arrived yet.`, mend).failure
  }
  return null
}

function failureOf(code: string): Failure {
  const [sentence, mend] = words[code] ?? otherwise
  return failed(code, sentence, mend).failure
}

const words: Readonly<Record<string, readonly [sentence: string, mend: string]>> = {
  'push/fork': [
    'Other sales of that device stand in these places already.',
    'They are kept. Look at the tasks.',
  ],
  'push/bad-signature': [
    'These sales are not signed by the key of that device.',
    'Export them once more on that device.',
  ],
  'push/unknown-install': ['That device does not belong to this business.', 'Bring it where it belongs.'],
}

const otherwise = ['These sales were not taken.', 'Export them once more on that device.'] as const
