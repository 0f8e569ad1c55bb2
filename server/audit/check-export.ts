import { hash as sha } from 'node:crypto'
import * as z from 'zod'
import { publicKey } from '#protocol/enrolment.ts'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { JournalHead } from '#sync/operation.ts'
import { isSignedBy } from '../use-cases/signature.ts'

export type CheckedJournal = {
  readonly installId: string
  readonly registerName: string
  readonly storeName: string
  readonly operations: number
  /** The device's signature covers everything up to here. */
  readonly signedSeq: number
  readonly chain: string
}

export type ExportCheck = {
  readonly businessName: string | null
  readonly journals: readonly CheckedJournal[]
  /** Empty where all is as the devices wrote it. */
  readonly problems: readonly string[]
}

const header = z.object({
  format: z.literal('evertill-audit'),
  version: z.literal(1),
  businessName: z.string(),
  exportedAt: z.number(),
})
const journalLine = z.object({
  journal: z.object({
    installId: z.string(),
    registerName: z.string(),
    storeName: z.string(),
    publicKey,
    heldSeq: z.int(),
    chain: z.string(),
  }),
})
const operationLine = z.object({
  operation: z.object({
    opId: z.string(),
    installId: z.string(),
    seq: z.int(),
    kind: z.string(),
    kindVersion: z.int(),
    actorId: z.string().nullable(),
    occurredAt: z.number(),
    payload: z.string(),
    hash: z.string(),
    chain: z.string(),
  }),
})
const signatureLine = z.object({
  signature: z.object({ seq: z.int(), chain: z.string(), signature: z.string() }),
})
const endLine = z.object({ end: z.object({ operations: z.int() }) })

type Open = z.infer<typeof journalLine>['journal'] & { at: JournalHead; signedSeq: number; isBroken: boolean }

/** Checks an audit export line by line, with nothing but the file: hashes, chains, signatures, and that it is whole. */
export async function checkExport(lines: AsyncIterable<string>): Promise<ExportCheck> {
  const journals: CheckedJournal[] = []
  const problems: string[] = []
  let businessName: string | null = null
  let open: Open | null = null
  let operations = 0
  let hasEnd = false
  let number = 0

  const close = (): void => {
    if (open === null) return
    const { installId, registerName, storeName, at, heldSeq, chain, signedSeq } = open
    if (!open.isBroken && (at.seq !== heldSeq || at.chain !== chain))
      problems.push(`${name(open)}: the file holds operations 1 … ${at.seq}, its heading says ${heldSeq}.`)
    if (!open.isBroken && signedSeq < at.seq)
      problems.push(`${name(open)}: operations ${signedSeq + 1} … ${at.seq} are under no signature.`)
    journals.push({ installId, registerName, storeName, operations: at.seq, signedSeq, chain: at.chain })
    open = null
  }

  for await (const text of lines) {
    number += 1
    if (text.trim() === '') continue
    const read = readLine(text)
    if (hasEnd) problems.push(`Line ${number} stands behind the end of the export.`)
    if (number === 1) {
      const first = header.safeParse(read)
      if (!first.success)
        return { businessName, journals, problems: ['This is no audit export of Evertill.'] }
      businessName = first.data.businessName
      continue
    }
    const journal = journalLine.safeParse(read)
    const operation = operationLine.safeParse(read)
    const signature = signatureLine.safeParse(read)
    const end = endLine.safeParse(read)
    if (journal.success) {
      close()
      const { installId } = journal.data.journal
      open = { ...journal.data.journal, at: emptyJournal(installId), signedSeq: 0, isBroken: false }
    } else if (operation.success && open !== null) {
      operations += 1
      takeOperation(open, operation.data.operation, problems)
    } else if (signature.success && open !== null) {
      await takeSignature(open, signature.data.signature, problems)
    } else if (end.success) {
      close()
      hasEnd = true
      if (end.data.end.operations !== operations)
        problems.push(`The export says ${end.data.end.operations} operations and holds ${operations}.`)
    } else problems.push(`Line ${number} can’t be read.`)
  }
  close()
  if (!hasEnd) problems.push('The export has no end: it was cut short.')
  return { businessName, journals, problems }
}

function takeOperation(
  open: Open,
  operation: z.infer<typeof operationLine>['operation'],
  problems: string[],
): void {
  // Behind the first break nothing can be said of the rest.
  if (open.isBroken) return
  const run = verifyRun(open.at, [{ ...operation, installId: open.installId }], (text) => sha('sha256', text))
  if (run.ok) {
    open.at = run.head
    return
  }
  open.isBroken = true
  const why = {
    gap: `operation ${open.at.seq + 1} is missing`,
    hash: `operation ${operation.seq} was changed`,
    chain: `operation ${operation.seq} does not follow the one before it`,
  }
  problems.push(`${name(open)}: ${why[run.reason]}.`)
}

async function takeSignature(
  open: Open,
  { seq, chain, signature }: z.infer<typeof signatureLine>['signature'],
  problems: string[],
): Promise<void> {
  if (open.isBroken) return
  const isHere = seq === open.at.seq && chain === open.at.chain
  if (isHere && (await isSignedBy(open.publicKey, `evertill-push:${chain}`, signature))) open.signedSeq = seq
  else {
    open.isBroken = true
    problems.push(
      seq > open.at.seq
        ? `${name(open)}: operation ${open.at.seq + 1} is missing.`
        : `${name(open)}: the signature at operation ${seq} is not this device’s.`,
    )
  }
}

function name({ registerName, storeName, installId }: Open): string {
  return [registerName, storeName, installId.slice(0, 8)].filter(Boolean).join(', ')
}

function readLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
