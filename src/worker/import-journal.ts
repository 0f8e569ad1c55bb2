import { failed, type Result, success } from '#domain/failure.ts'
import { type JournalFile, journalFile } from '#protocol/proof.ts'
import type { PushRequest } from '#protocol/push.ts'
import { chainSeed } from '#sync/journal.ts'
import { fromColumns } from '#sync/run-columns.ts'
import type { CarriedRow } from '../storage/rows.ts'
import type { Store } from '../storage/store.ts'
import type { CarriedJournal } from './api-device.ts'
import type { DeviceApi } from './api.ts'
import { carriedJournals } from './carried-journals.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'
import { isSignedBy } from './identity.ts'
import { fromFrames, isFrame } from './journal-frames.ts'
import type { Packing } from './sync-ports.ts'
import { unlessFull } from './unless-full.ts'

export type ImportDependencies = {
  readonly store: Pick<Store, 'loadInstall' | 'listCarried' | 'saveCarried'>
  readonly packing: Packing
  readonly clock: Clock
  readonly events: Pick<Events, 'emit'>
  readonly wakeSync: () => void
}

/** [C6] Takes another device's journal in, to hand it over. */
export function createJournalImport(
  dependencies: ImportDependencies,
): Pick<DeviceApi, 'importJournal' | 'carriedJournals'> {
  const { store } = dependencies
  return {
    importJournal: (text) => importJournal(dependencies, text),
    carriedJournals: async () => carriedJournals(await store.listCarried()),
  }
}

async function importJournal(
  { store, packing, clock, events, wakeSync }: ImportDependencies,
  text: string,
): Promise<Result<CarriedJournal>> {
  const read = await readFile(packing, text)
  if (!read.ok) return read
  const file = read.value
  const install = await store.loadInstall()
  if (install === null) return notEnrolled
  if (install.installId === file.installId) return ownJournal
  if (!(await isWhole(packing, file))) return damaged
  return unlessFull(async () => {
    await store.saveCarried(rowsOf(file, clock()), clock())
    events.emit({ topics: ['carried'] })
    wakeSync()
    const carried = carriedJournals(await store.listCarried())
    return success(carried.find(({ installId }) => installId === file.installId)!)
  })
}

/** A file, or the texts of its QR codes in any sequence. */
async function readFile(packing: Packing, text: string): Promise<Result<JournalFile>> {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim())
  const filled = lines.filter((line) => line !== '')
  if (!filled.some(isFrame)) return parseFile(text)
  const packed = fromFrames(filled)
  if (!packed.ok) return packed
  const inflated = await packing.inflate(packed.value)
  return inflated === null ? unreadable : parseFile(inflated)
}

function parseFile(text: string): Result<JournalFile> {
  try {
    const read = journalFile.safeParse(JSON.parse(text))
    return read.success ? success(read.data) : unreadable
  } catch {
    return unreadable
  }
}

/** [P1] One run without a gap, every chain as it was signed, every signature the key's. */
async function isWhole(packing: Packing, { installId, publicKey, batches }: JournalFile): Promise<boolean> {
  let before: { readonly seq: number; readonly chain: string } | null = null
  for (const batch of batches) {
    const { firstSeq, previousChain, chain, signature } = batch
    const fits: boolean =
      before === null
        ? firstSeq > 1 || previousChain === chainSeed(installId)
        : firstSeq === before.seq + 1 && previousChain === before.chain
    if (!fits || batch.installId !== installId) return false
    const payloads = await packing.inflate(batch.payloads)
    if (payloads === null || !hasItsChain(batch, payloads)) return false
    if (!(await isSignedBy(publicKey, `evertill-push:${chain}`, signature))) return false
    before = { seq: firstSeq + batch.opIds.length - 1, chain }
  }
  return before !== null
}

/** Canonical JSON throws on half characters, which no device of ours can have hashed. */
function hasItsChain(batch: PushRequest, payloads: string): boolean {
  try {
    return fromColumns(batch, payloads) !== null
  } catch {
    return false
  }
}

function rowsOf({ installId, registerName, batches }: JournalFile, now: number): CarriedRow[] {
  return batches.map((request) => ({
    installId,
    firstSeq: request.firstSeq,
    lastSeq: request.firstSeq + request.opIds.length - 1,
    registerName,
    importedAt: now,
    request,
    outcome: null,
  }))
}

const unreadable = failed(
  'journal/unreadable',
  'This is not a journal.',
  'Choose the file that the other device exported.',
)

const damaged = failed(
  'journal/damaged',
  'This journal was changed on its way.',
  'Export it once more on the other device.',
)

const ownJournal = failed(
  'journal/own',
  'This is the journal of this device.',
  'It sends its sales by itself.',
)

const notEnrolled = failed(
  'journal/not-enrolled',
  'This device does not belong to a business yet.',
  'Enrol it first.',
)
