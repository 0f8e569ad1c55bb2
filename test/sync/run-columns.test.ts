import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendOperation, chainSeed, emptyJournal } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { fromColumns, toColumns } from '#sync/run-columns.ts'

const installId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01'

function journalOf(payloads: readonly unknown[]): Operation[] {
  let head = emptyJournal(installId)
  return payloads.map((payload, index) => {
    const facts = { installId, kind: 'order.paid', kindVersion: 1, actorId: null, occurredAt: 1_000 + index }
    const appended = appendOperation(head, { ...facts, opId: `op-${index}`, payload })
    head = appended.head
    return appended.operation
  })
}

describe('[P1] a run in columns', () => {
  test('comes back as the operations that went in, whatever their payloads', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }), fc.nat(5), (payloads, from) => {
        const journal = journalOf(payloads)
        const first = Math.min(from, journal.length - 1)
        const previousChain = journal[first - 1]?.chain ?? chainSeed(installId)
        const { columns, payloadText } = toColumns(journal.slice(first), previousChain)
        expect(fromColumns(columns, payloadText)).toEqual(journal.slice(first))
      }),
    )
  })

  test.each([
    ['a changed payload', { payload: (text: string) => text.replace('1', '2') }],
    ['a payload too many', { payload: (text: string) => `${text}\n{}` }],
    ['another chain', { columns: { chain: 'f'.repeat(64) } }],
    ['another beginning', { columns: { previousChain: 'f'.repeat(64) } }],
    ['a column cut short', { columns: { opIds: [] } }],
  ])('%s is noticed', (_, { payload = (text: string) => text, columns: changed = {} }: Damage) => {
    const { columns, payloadText } = toColumns(journalOf([{ n: 1 }, { n: 2 }]), chainSeed(installId))
    expect(fromColumns(columns, payloadText)).not.toBeNull()
    expect(fromColumns({ ...columns, ...changed }, payload(payloadText))).toBeNull()
  })
})

type Damage = { payload?: (text: string) => string; columns?: object }
