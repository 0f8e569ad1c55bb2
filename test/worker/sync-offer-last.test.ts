import { failed, success } from '#domain/failure.ts'
import { digestText, emptyDigest } from '#sync/digest.ts'
import { expect, test } from 'vitest'
import type { CallOutcome } from '../../src/transport/call.ts'
import { runCycle } from '../../src/worker/sync-cycle.ts'
import { push } from '../../src/worker/sync-push.ts'
import type { SyncServer } from '../../src/worker/sync-server.ts'
import { idOf, installId } from '../storage/memory-device.ts'
import { answer, createSyncDevice, page } from './sync-device.ts'

const never = (): boolean => false
const nothing = digestText(emptyDigest)
const takenOutOfUse = async (): Promise<CallOutcome<unknown>> => ({
  kind: 'failure',
  failure: failed('device/revoked', 'No.', 'Ask.').failure,
})

test('[P5] a device taken out of use knows it, and goes on sending', async () => {
  const { ports, asked, script, sell, store } = await createSyncDevice()
  script.pull = takenOutOfUse
  expect(await runCycle(ports, never)).toMatchObject({ failure: { code: 'device/revoked' } })
  expect(await store.loadSync()).toMatchObject({ isRevoked: true })
  expect(asked.push).toEqual([])
  await sell(1)
  await runCycle(ports, never)
  expect(asked.push[0]).toMatchObject({ firstSeq: 1, journalSeq: 2 })
  expect(await store.loadUnsent()).toMatchObject({ operations: 0 })
})

test('[P5] [L5] a device taken out of use hears that the server was put back by what it sends, and offers all again', async () => {
  const { ports, asked, script, sell, store } = await createSyncDevice()
  await sell(1, 2)
  await push(ports, never)
  script.pull = takenOutOfUse
  script.load = takenOutOfUse
  // While all is well it offers the last operation in vain.
  expect(await runCycle(ports, never)).toMatchObject({ failure: { code: 'device/revoked' } })
  const take = script.push
  script.push = async () => {
    script.push = take
    return answer(success({ status: 'gap', expectedSeq: 2 }))
  }
  expect(await runCycle(ports, never)).toEqual({ kind: 'more' })
  expect(await store.loadSync()).toMatchObject({ pushedSeq: 0, ackedSeq: 0 })
  expect(await runCycle(ports, never)).toMatchObject({ failure: { code: 'device/revoked' } })
  expect(asked.push.map(({ firstSeq, opIds }) => [firstSeq, opIds.length])).toEqual([
    [1, 3],
    [3, 1],
    [3, 1],
    [1, 3],
    [3, 1],
  ])
  expect(await store.loadSync()).toMatchObject({ pushedSeq: 3, ackedSeq: 3 })
})

test('[P5] [L5] a device taken out of use stays so where a server that was put back reads to it again', async () => {
  const { ports, asked, script, store } = await createSyncDevice()
  const { pull } = script
  script.pull = takenOutOfUse
  await runCycle(ports, never)
  script.pull = pull
  expect(await runCycle(ports, never)).toEqual({ kind: 'done' })
  expect(asked.pull).toHaveLength(2)
  expect(await store.loadSync()).toMatchObject({ isRevoked: true })
})

test('[P5] [P2] a device taken out of use whose last operation is a copy’s at the server goes on under another name', async () => {
  const { ports, asked, script, sell } = await createSyncDevice()
  await sell(1)
  await push(ports, never)
  script.pull = takenOutOfUse
  const take = script.push
  script.push = async (request) =>
    request.installId === installId ? answer(success({ status: 'fork', atSeq: 2 })) : take(request)
  expect(await runCycle(ports, never)).toEqual({ kind: 'more' })
  expect(await runCycle(ports, never)).toEqual({ kind: 'more' })
  await runCycle(ports, never)
  expect(asked.rejoin).toHaveLength(1)
  expect(asked.push.at(-1)).toMatchObject({ installId: idOf(77) })
})

test('[L5] [P2] with the digest the last operation is offered: a copy’s in its place is a fork, found where it begins', async () => {
  const { ports, asked, script, sell, store } = await createSyncDevice()
  await sell(1, 2)
  await push(ports, never)
  const digest = { records: nothing, orders: nothing, segments: nothing }
  script.pull = async ({ cursor, wantsDigest }) =>
    answer(page({ from: cursor, next: cursor, ackedSeq: 3, digest: wantsDigest ? digest : null }))
  // At the server the second operation is another one, and so is all after it.
  script.push = copysFrom(2, script.push)
  const before = (await store.loadRun(2, 9)).operations
  expect(await runCycle(ports, never)).toEqual({ kind: 'more' })
  expect(asked.push.at(-1)).toMatchObject({ firstSeq: 3 })
  expect(await store.loadSync()).toMatchObject({ generation: 2, pushedSeq: 0, ackedSeq: 0 })
  expect(await push(ports, never)).toEqual({ kind: 'more' })
  expect(asked.rejoin).toHaveLength(1)
  await push(ports, never)
  expect(asked.push.at(-1)?.opIds).toEqual(before.map(({ opId }) => opId))
})

test('[P2] a fork at the first operation sent may begin before it: what was acknowledged is offered too', async () => {
  const { ports, asked, script, sell, store } = await createSyncDevice()
  await sell(1, 2)
  await push(ports, never)
  await sell(3)
  script.push = copysFrom(2, script.push)
  const before = (await store.loadRun(2, 9)).operations
  expect(await push(ports, never)).toEqual({ kind: 'more' })
  expect(asked.rejoin).toEqual([])
  expect(await push(ports, never)).toEqual({ kind: 'more' })
  expect(asked.rejoin).toHaveLength(1)
  await push(ports, never)
  expect(asked.push.at(-1)?.opIds).toEqual(before.map(({ opId }) => opId))
})

/** A server that holds another operation in this place of the old journal: what it says of those from there on. */
function copysFrom(atSeq: number, take: SyncServer['push']): SyncServer['push'] {
  return async (request) => {
    const lastSeq = request.firstSeq + request.opIds.length - 1
    return request.installId !== installId || lastSeq < atSeq
      ? take(request)
      : answer(success({ status: 'fork', atSeq: Math.max(atSeq, request.firstSeq) }))
  }
}
