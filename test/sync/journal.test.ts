import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendOperation, chainSeed, emptyJournal, verifyRun } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'

const installId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01'

function journalOf(count: number): Operation[] {
  let head = emptyJournal(installId)
  return Array.from({ length: count }, (_, index) => {
    const appended = appendOperation(head, {
      opId: `op-${index}`,
      installId,
      kind: 'order.paid',
      kindVersion: 1,
      actorId: null,
      occurredAt: 1_700_000_000_000 + index,
      payload: { totalMinor: index * 100, lines: [{ name: `item ${index}` }] },
    })
    head = appended.head
    return appended.operation
  })
}

describe('journal', () => {
  test('hash and chain are SHA-256 as the specification says, checked with another implementation', () => {
    const [first, second] = journalOf(2)
    const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
    const envelope =
      `{"actorId":null,"installId":"${installId}","kind":"order.paid","kindVersion":1,` +
      `"occurredAt":1700000000000,"opId":"op-0","payload":${JSON.stringify(first!.payload)},"seq":1}`
    expect(first!.payload).toBe('{"lines":[{"name":"item 0"}],"totalMinor":0}')
    expect(first!.hash).toBe(sha(envelope))
    expect(first!.chain).toBe(sha(sha(`evertill-journal:${installId}`) + first!.hash))
    expect(second!.chain).toBe(sha(first!.chain + second!.hash))
  })

  test('numbers are 1, 2, 3 …, and the whole journal verifies from its seed', () => {
    const operations = journalOf(20)
    expect(operations.map((operation) => operation.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(verifyRun(emptyJournal(installId), operations)).toEqual({
      ok: true,
      head: { seq: 20, chain: operations.at(-1)!.chain },
    })
  })

  test('another install has another chain', () => {
    expect(chainSeed(installId)).not.toBe(chainSeed(`${installId.slice(0, -1)}2`))
  })

  test('[P2] a missing operation is a gap where it is missing', () => {
    const operations = journalOf(9)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), (missing) => {
        expect(verifyRun(emptyJournal(installId), operations.toSpliced(missing, 1))).toEqual({
          ok: false,
          atSeq: missing + 1,
          reason: 'gap',
        })
      }),
    )
  })

  test('[C3] any changed field of any operation is found at its place', () => {
    const operations = journalOf(6)
    const changes: Partial<Operation>[] = [
      { payload: '{}' },
      { opId: 'other' },
      { actorId: 'someone' },
      { occurredAt: 5 },
      { kindVersion: 2 },
      { kind: 'shift.opened' },
    ]
    fc.assert(
      fc.property(fc.nat(5), fc.constantFrom(...changes), (place, change) => {
        const altered = operations.with(place, { ...operations[place]!, ...change })
        expect(verifyRun(emptyJournal(installId), altered)).toEqual({
          ok: false,
          atSeq: place + 1,
          reason: 'hash',
        })
      }),
    )
  })

  test('[P2] a run that follows another past is a broken chain', () => {
    const operations = journalOf(4)
    const elsewhere = { seq: 2, chain: chainSeed('elsewhere') }
    expect(verifyRun(elsewhere, operations.slice(2))).toEqual({ ok: false, atSeq: 3, reason: 'chain' })
  })
})
