import { webcrypto } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { appendOperation, emptyJournal } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { checkExport } from '../../../server/audit/check-export.ts'

const installId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01'
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

type Line = Record<string, unknown>

let intact: Line[]

/** Three operations of one device, signed after the second and the third, as the server exports them. */
beforeAll(async () => {
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const publicKey = await webcrypto.subtle.exportKey('jwk', pair.publicKey)
  const sign = async (text: string): Promise<string> => {
    const bytes = new TextEncoder().encode(text)
    const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes)
    return Buffer.from(signature).toString('base64url')
  }
  let head = emptyJournal(installId)
  const operations = [1, 2, 3].map((n): Operation => {
    const facts = { installId, kind: 'order.paid', kindVersion: 1, actorId: null, occurredAt: 1_000 + n }
    const appended = appendOperation(head, { ...facts, opId: `op-${n}`, payload: { totalMinor: n * 100 } })
    head = appended.head
    return appended.operation
  })
  const signatureOf = async ({ seq, chain }: Operation): Promise<Line> => {
    return { signature: { seq, chain, signature: await sign(`evertill-push:${chain}`) } }
  }
  const journal = { installId, registerName: 'Register 1', storeName: 'Main Street', publicKey }
  intact = [
    { format: 'evertill-audit', version: 1, businessName: 'Test Coffee', exportedAt: 5 },
    { journal: { ...journal, heldSeq: 3, chain: head.chain } },
    { operation: operations[0] },
    { operation: operations[1] },
    await signatureOf(operations[1]!),
    { operation: operations[2] },
    await signatureOf(operations[2]!),
    { end: { operations: 3 } },
  ]
})

async function problemsOf(lines: readonly Line[]): Promise<readonly string[]> {
  async function* texts() {
    for (const line of lines) yield JSON.stringify(line)
  }
  return (await checkExport(texts())).problems
}

/** The export with one operation's payload changed, its hash left or made to fit. */
function withPayload(index: number, payload: string): Line[] {
  return intact.map((line, at) =>
    at === index ? { operation: { ...(line['operation'] as Operation), payload } } : line,
  )
}

describe('[I3] an audit export', () => {
  test('that is as the devices wrote it has no problem', async () => {
    expect(await problemsOf(intact)).toEqual([])
  })

  test('names the operation that was changed', async () => {
    expect(await problemsOf(withPayload(3, '{"totalMinor":1}'))).toEqual([
      expect.stringContaining('operation 2 was changed'),
    ])
  })

  test.each([
    ['an operation is missing', (lines: Line[]) => lines.toSpliced(3, 1), /missing/],
    [
      'the last operation and its signature are missing',
      (lines: Line[]) => lines.toSpliced(5, 2),
      /heading says 3/,
    ],
    ['the file was cut short', (lines: Line[]) => lines.slice(0, -1), /cut short/],
    ['a signature is missing', (lines: Line[]) => lines.toSpliced(6, 1), /under no signature/],
    ['a line is no JSON of ours', (lines: Line[]) => lines.toSpliced(4, 0, { what: 1 }), /Line 5/],
    ['something stands behind the end', (lines: Line[]) => [...lines, lines[3]!], /behind the end/],
    ['it is another file', () => [{ some: 'file' }], /no audit export/],
  ])('is not intact where %s', async (_, change, problem) => {
    expect((await problemsOf(change([...intact]))).join(' ')).toMatch(problem)
  })

  test('is not intact under another device’s key', async () => {
    const other = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const publicKey = await webcrypto.subtle.exportKey('jwk', other.publicKey)
    const forged = intact.map((line) =>
      'journal' in line ? { journal: { ...(line['journal'] as object), publicKey } } : line,
    )
    expect((await problemsOf(forged)).join(' ')).toMatch(/not this device’s/)
  })

  test('is not intact where everything was hashed again but not signed', async () => {
    let head = emptyJournal(installId)
    const again = intact.map((line) => {
      if (!('operation' in line)) return line
      const { hash: _, chain: __, seq: ___, payload: ____, ...facts } = line['operation'] as Operation
      const appended = appendOperation(head, { ...facts, payload: { totalMinor: 1 } })
      head = appended.head
      return { operation: appended.operation }
    })
    const headed = again.map((line) =>
      'journal' in line ? { journal: { ...(line['journal'] as object), chain: head.chain } } : line,
    )
    expect((await problemsOf(headed)).join(' ')).toMatch(/not this device’s/)
  })
})
