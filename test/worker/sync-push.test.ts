import { success } from '#domain/failure.ts'
import { fromColumns } from '#sync/run-columns.ts'
import { describe, expect, test } from 'vitest'
import { MOST_OPERATIONS_A_BATCH } from '#protocol/push.ts'
import { runCycle } from '../../src/worker/sync-cycle.ts'
import { push } from '../../src/worker/sync-push.ts'
import { epoch, idOf, installId, NOW, saleOf } from '../storage/memory-device.ts'
import { accepted, answer, createSyncDevice, lost, page, refused } from './sync-device.ts'

const never = (): boolean => false

describe('sending', () => {
  test('[P1] sends a run in columns whose chain comes out as the one that is signed', async () => {
    const { ports, asked, sell, store } = await createSyncDevice()
    await sell(1, 2)
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    const [request] = asked.push
    expect(request).toMatchObject({
      protocol: 2,
      appVersion: '0.2.0',
      journalSeq: 3,
      firstSeq: 1,
      kinds: ['shift.opened', 'order.paid', 'order.paid'],
      signature: `signed evertill-push:${request!.chain}`,
    })
    const { operations } = await store.loadRun(1, 10)
    expect(fromColumns(request!, request!.payloads)).toEqual(operations)
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 3, ackedSeq: 3 })
  })

  test('[P1] splits a long journal, and has the next batch ready while one is on its way', async () => {
    const { ports, asked, script, sell } = await createSyncDevice()
    await sell(...Array.from({ length: MOST_OPERATIONS_A_BATCH + 20 }, (_, index) => index + 1))
    let signed = 0
    const sign = ports.identity.sign
    ports.identity.sign = (text) => {
      signed += 1
      return sign(text)
    }
    const ready: number[] = []
    const { push: take } = script
    script.push = async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      ready.push(signed)
      return take(request)
    }
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    expect(asked.push.map(({ firstSeq, opIds }) => [firstSeq, opIds.length])).toEqual([
      [1, 500],
      [501, 21],
    ])
    expect(ready).toEqual([2, 2])
  })

  test('[P2] once the server has taken a batch, the next two are on their way at the same time', async () => {
    const { ports, script, asked, sell, store } = await createSyncDevice()
    await sell(...Array.from({ length: 3 * MOST_OPERATIONS_A_BATCH }, (_, index) => index + 1))
    const { push: take } = script
    let [under, most] = [0, 0]
    script.push = async (request) => {
      under += 1
      most = Math.max(most, under)
      await new Promise((resolve) => setTimeout(resolve, 60))
      under -= 1
      return take(request)
    }
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    expect(most).toBe(2)
    expect(asked.push.map(({ firstSeq }) => firstSeq)).toEqual([1, 501, 1001, 1501])
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 1501, ackedSeq: 1501, generation: 1 })
  })

  test('[P2] a batch that has overtaken the one before it is sent again, and nothing is taken for lost', async () => {
    const { ports, script, asked, sell, store } = await createSyncDevice()
    await sell(...Array.from({ length: 2 * MOST_OPERATIONS_A_BATCH }, (_, index) => index + 1))
    const { push: take } = script
    let hasOvertaken = false
    script.push = async (request) => {
      if (request.firstSeq === 501) await new Promise((resolve) => setTimeout(resolve, 60))
      if (request.firstSeq !== 1001 || hasOvertaken) return take(request)
      hasOvertaken = true
      return answer(success({ status: 'gap', expectedSeq: 501 }))
    }
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    expect(hasOvertaken).toBe(true)
    expect(asked.push.map(({ firstSeq }) => firstSeq)).toEqual([1, 501, 1001, 1001])
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 1001, ackedSeq: 1001, generation: 1 })
  })

  test('[P4] an operation too long for a batch travels alone and blocks nothing', async () => {
    const { ports, asked, store } = await createSyncDevice()
    await store.commitSale(saleOf(1, { note: 'long '.repeat(900_000) }))
    await store.commitSale(saleOf(2))
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    expect(asked.push.map(({ opIds }) => opIds.length)).toEqual([1, 1, 1])
  })

  test('[P2] [L5] goes back where the server expects what it had acknowledged, and loads again', async () => {
    const { ports, asked, script, sell, store } = await createSyncDevice()
    await sell(1, 2)
    await push(ports, never)
    await sell(3)
    const take = script.push
    script.push = async () => {
      script.push = take
      return answer(success({ status: 'gap', expectedSeq: 2 }))
    }
    expect(await push(ports, never)).toEqual({ kind: 'more' })
    // [L5] What it asks for it had acknowledged: it was put back, so everything is loaded and offered again.
    expect(await store.loadSync()).toMatchObject({ generation: 2, pushedSeq: 0, ackedSeq: 0 })
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    expect(asked.push.map(({ firstSeq }) => firstSeq)).toEqual([1, 4, 1])
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 4, ackedSeq: 4 })
  })

  test('[L5] [I7] a load that is under way begins anew where the server asks for what it had acknowledged', async () => {
    const { ports, script, sell, store } = await createSyncDevice()
    await sell(1)
    await push(ports, never)
    const again = { epoch, reason: 'cursor-too-old', scope: null } as const
    await store.beginLoadAgain((await store.loadSync())!, again, NOW)
    await sell(2)
    script.push = async () => answer(success({ status: 'gap', expectedSeq: 2 }))
    expect(await push(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({ generation: 3, pushedSeq: 0, ackedSeq: 0 })
  })

  test('[P6] tries later what brought no answer, a page of something else, or a damaged batch', async () => {
    const { ports, script, sell, store } = await createSyncDevice()
    await sell(1)
    for (const came of [
      lost,
      answer('<html>Welcome</html>'),
      answer({ ok: true, value: 7 }),
      refused('push/damaged'),
    ]) {
      script.push = async () => came
      expect(await push(ports, never)).toEqual({ kind: 'retry', waitMs: 0 })
    }
    script.push = async () => ({ ...lost, waitMs: 7_000 })
    expect(await push(ports, never)).toEqual({ kind: 'retry', waitMs: 7_000 })
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 0, ackedSeq: 0 })
  })

  test('[P6] asks a server that repeats itself no more than once', async () => {
    const { ports, asked, script, sell } = await createSyncDevice()
    await sell(1)
    script.push = async () => answer(success({ status: 'gap', expectedSeq: 9 }))
    expect(await push(ports, never)).toEqual({ kind: 'retry', waitMs: 0 })
    expect(asked.push).toHaveLength(1)
  })

  test('[P7] sends, and then says that reading needs a newer app', async () => {
    const { ports, asked, script, sell, store } = await createSyncDevice()
    await sell(1)
    script.pull = async () => answer({ kind: 'upgrade-required', leastProtocol: 9 })
    expect(await runCycle(ports, never)).toMatchObject({
      kind: 'trouble',
      failure: { code: 'sync/upgrade-required' },
    })
    expect(asked.push).toHaveLength(1)
    expect(await store.loadSync()).toMatchObject({ ackedSeq: 2, needsUpgrade: true })
  })
})

describe('a fork', () => {
  test('[P2] gets a new identity, and what the server does not hold goes on under it', async () => {
    const { ports, asked, script, sell, store } = await createSyncDevice()
    await sell(1)
    await push(ports, never)
    await sell(2, 3)
    const take = script.push
    script.push = async (request) => {
      if (request.installId !== installId || request.firstSeq < 3) return take(request)
      return answer(success({ status: 'fork', atSeq: 3 }))
    }
    const before = (await store.loadRun(3, 9)).operations
    expect(await push(ports, never)).toEqual({ kind: 'more' })
    expect(asked.rejoin).toEqual([
      {
        installId,
        newInstallId: idOf(77),
        publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
        signature: `signed evertill-rejoin:${idOf(77)}:x.y`,
      },
    ])
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    const sent = asked.push.at(-1)!
    expect(sent).toMatchObject({ installId: idOf(77), firstSeq: 1 })
    expect(sent.opIds).toEqual(before.map(({ opId }) => opId))
    expect(sent.payloads.split('\n')).toEqual(before.map(({ payload }) => payload))
    expect(await store.loadUnsent()).toMatchObject({ operations: 0, journalSeq: 2 })
  })

  test('[P2] asks again under the same new id where the answer was lost', async () => {
    const { ports, asked, script, sell } = await createSyncDevice()
    await sell(1)
    script.push = async () => answer(success({ status: 'fork', atSeq: 1 }))
    script.rejoin = async () => lost
    expect(await push(ports, never)).toMatchObject({ kind: 'retry' })
    expect(await push(ports, never)).toMatchObject({ kind: 'retry' })
    expect(new Set(asked.rejoin.map(({ newInstallId }) => newInstallId)).size).toBe(1)
  })

  test("[P2] yesterday's disk is noticed by a page that covers more than the journal has", async () => {
    const { ports, asked, script, sell, store } = await createSyncDevice()
    await sell(1)
    await push(ports, never)
    script.pull = async ({ cursor }) => answer(page({ from: cursor, next: 12, head: 12, ackedSeq: 5 }))
    expect(await runCycle(ports, never)).toEqual({ kind: 'more' })
    expect(asked.rejoin).toHaveLength(1)
    expect(await store.loadInstall()).toMatchObject({ installId: idOf(77) })
    expect(await store.loadUnsent()).toMatchObject({ operations: 0, journalSeq: 0 })
  })

  test('[C4] [P2] an answer to the old journal changes nothing of the new one', async () => {
    const { ports, script, sell, store } = await createSyncDevice()
    await sell(1, 2)
    script.push = async () => {
      // Another tab takes the new identity while this request is on its way.
      await ports.identity.renew()
      await store.rejoin({ newInstallId: idOf(77), receiptSeries: 8 }, NOW)
      return accepted(3)
    }
    expect(await push(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadUnsent()).toMatchObject({ operations: 3 })
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 0, ackedSeq: 0 })
    const late = { installId, epoch, fromSeq: 1, toSeq: 3 }
    await store.recordPush(late, { status: 'accepted', ackedSeq: 3 }, NOW)
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 0, ackedSeq: 0 })
  })

  test('[C5] [P2] a server that lost what gave way long ago gets the rest under a new identity', async () => {
    const { ports, asked, script, memory, sell, store } = await createSyncDevice()
    await sell(1, 2, 3)
    await push(ports, never)
    await memory.storage.write(['meta', 'journal'], 'strict', async (tx) => {
      const second = await tx.get('journal', 2)
      tx.delete('journal', [1, 2])
      tx.put('meta', [{ key: 'dropped', value: { seq: 2, chain: second!.chain } }])
    })
    const sync = (await store.loadSync())!
    await store.beginLoadAgain(sync, { epoch: 'epoch-2', reason: 'epoch-changed', scope: null }, NOW)
    const take = script.push
    script.push = async (request) =>
      request.installId === installId ? answer(success({ status: 'gap', expectedSeq: 1 })) : take(request)
    expect(await push(ports, never)).toEqual({ kind: 'more' })
    expect(await push(ports, never)).toEqual({ kind: 'done' })
    expect(asked.push.map(({ firstSeq, opIds }) => [firstSeq, opIds.length])).toEqual([
      [1, 4],
      [3, 2],
      [1, 2],
    ])
  })
})
