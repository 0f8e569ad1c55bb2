import { failed, success } from '#domain/failure.ts'
import { expect, test } from 'vitest'
import type { CallOutcome } from '../../src/transport/call.ts'
import { runCycle } from '../../src/worker/sync-cycle.ts'
import { push } from '../../src/worker/sync-push.ts'
import { idOf, installId } from '../storage/memory-device.ts'
import { answer, createSyncDevice } from './sync-device.ts'

const never = (): boolean => false
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
