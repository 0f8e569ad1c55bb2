import { describe, expect, test } from 'vitest'
import type { PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { packing } from '../../../server/packing.ts'
import type { InstallState } from '../../../server/use-cases/ports.ts'
import { readPush } from '../../../server/use-cases/read-push.ts'
import { isSignedBy } from '../../../server/use-cases/signature.ts'
import { captureJournal } from '../../fixtures/journals/capture.ts'
import { aBareRegister } from '../virtual-shop.ts'

async function aJournal() {
  const { register, publicKey } = await aBareRegister()
  for (let sale = 0; sale < 3; sale += 1) register.sell()
  const install: InstallState = {
    ...{ tenantId: '', installId: register.installId, kind: 'register', storeId: null, registerId: null },
    ...{ publicKey, head: { seq: 0, chain: '' }, isRevoked: false },
  }
  const read = (request: PushRequest | PushRequestV1) =>
    readPush({ packing, verify: isSignedBy }, install, request)
  return { register, read }
}

const refused = (code: string) => ({ ok: false, failure: { code, dataSafe: true } })

describe('[P1] a batch in columns', () => {
  test('comes out as the operations that were written, hashes and chains included', async () => {
    const { register, read } = await aJournal()
    for (const [from, upTo] of [
      [1, 3],
      [2, 3],
      [3, 3],
    ] as const)
      expect(await read(await register.batch(from, upTo))).toMatchObject({
        ok: true,
        value: { operations: register.journal.slice(from - 1, upTo) },
      })
  })

  test.each<[string, (batch: PushRequest) => Partial<PushRequest> | Promise<Partial<PushRequest>>]>([
    ['columns of different lengths', ({ kinds }) => ({ kinds: kinds.slice(1) })],
    ['an operation less', ({ opIds }) => ({ opIds: opIds.slice(1) })],
    ['another time', ({ occurredAts }) => ({ occurredAts: occurredAts.map((at) => at + 1) })],
    ['another place', () => ({ firstSeq: 2 })],
    ['another beginning', () => ({ previousChain: '0'.repeat(64) })],
    ['another end', () => ({ chain: '0'.repeat(64) })],
    ['payloads that are cut', ({ payloads }) => ({ payloads: payloads.slice(0, -40) })],
    ['payloads that are no deflated text', () => ({ payloads: 'not deflated' })],
    ['another payload', async ({ payloads }) => ({ payloads: await changed(payloads, '1000', '9000') })],
    ['ids in capitals', ({ opIds }) => ({ opIds: opIds.map((id) => id.toUpperCase()) })],
    ['more than the server inflates', async () => ({ payloads: await packing.deflate('x'.repeat(2 ** 25)) })],
  ])('with %s was damaged on its way', async (_, change) => {
    const { register, read } = await aJournal()
    const batch = await register.batch()
    expect(await read({ ...batch, ...(await change(batch)) })).toMatchObject(refused('push/damaged'))
  })

  test('with an id in capitals is no batch of ours, also where everything else fits', async () => {
    const { register, read } = await aJournal()
    const journalSeq = register.head.seq
    register.append('task.done', { taskId: '' }, register.journal[0]!.opId.toUpperCase())
    expect(await read(await register.batch(journalSeq + 1))).toMatchObject(refused('push/damaged'))
  })

  test('that another key signed is refused, and so is one with another’s signature', async () => {
    const [ours, stranger] = [await aJournal(), await aJournal()]
    const batch = await ours.register.batch()
    const forged = await stranger.register.sign(`evertill-push:${batch.chain}`)
    expect(await ours.read({ ...batch, signature: forged })).toMatchObject(refused('push/bad-signature'))
    const { signature } = await ours.register.batch(1, 2)
    expect(await ours.read({ ...batch, signature })).toMatchObject(refused('push/bad-signature'))
    expect(await ours.read({ ...batch, signature: 'none' })).toMatchObject(refused('push/bad-signature'))
  })
})

async function changed(packed: string, from: string, to: string): Promise<string> {
  return packing.deflate((await packing.inflate(packed, 2 ** 20))!.replace(from, to))
}

describe('[P7] a batch of release 0.1', () => {
  test('is read as it was written', async () => {
    const { register, read } = await aJournal()
    expect(await read(await register.batchV1(2, 3))).toMatchObject({
      ok: true,
      value: { operations: register.journal.slice(1) },
    })
  })

  test.each<[string, (operations: PushRequestV1['operations']) => PushRequestV1['operations']]>([
    ['another payload', ([one, ...rest]) => [{ ...one!, payload: '{}' }, ...rest]],
    ['another hash', ([one, ...rest]) => [{ ...one!, hash: '0'.repeat(64) }, ...rest]],
    ['one left out', ([one, , three]) => [one!, three!]],
    ['another sequence', ([one, two, three]) => [two!, one!, three!]],
    ['half a letter', ([one, ...rest]) => [{ ...one!, payload: '"\ud83c"' }, ...rest]],
  ])('with %s was damaged on its way', async (_, change) => {
    const { register, read } = await aJournal()
    const batch = await register.batchV1()
    const operations = change(batch.operations)
    expect(await read({ ...batch, operations })).toMatchObject(refused('push/damaged'))
  })
})

test('[P7] numbers that leave one out were damaged, also where the chain holds', async () => {
  const { register, read } = await aJournal()
  register.head = { ...register.head, seq: register.head.seq + 1 }
  register.sell()
  expect(await read(await register.batchV1())).toMatchObject(refused('push/damaged'))
})

test('[C3] a journal that is captured now is read by this release', async () => {
  const { install, batches } = await captureJournal('0.0.0')
  for (const batch of batches)
    expect(
      await readPush(
        { packing, verify: isSignedBy },
        {
          ...{ ...install, tenantId: '', kind: 'register', storeId: null, registerId: null },
          ...{ head: { seq: 0, chain: '' }, isRevoked: false },
        },
        batch,
      ),
    ).toMatchObject({ ok: true })
})
