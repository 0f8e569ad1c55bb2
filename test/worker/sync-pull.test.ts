import { describe, expect, test } from 'vitest'
import { runCycle } from '../../src/worker/sync-cycle.ts'
import { pull } from '../../src/worker/sync-pull.ts'
import { digestKeys, digestOf, digestText, emptyDigest } from '#sync/digest.ts'
import { epoch, NOW } from '../storage/memory-device.ts'
import { answer, createSyncDevice, loadPage, lost, page, scopeId } from './sync-device.ts'

const never = (): boolean => false
const category = (id: string, v: number) => ({
  kind: 'category' as const,
  id,
  v,
  isDeleted: false,
  doc: { categoryId: id, name: id, tint: 1, icon: 'coffee', position: 1 },
})
const nothing = digestText(emptyDigest)
const digestOfCategory = (id: string, v: number) => ({
  records: digestText(digestOf([{ key: digestKeys.record('category', id), v }])),
  orders: nothing,
  segments: nothing,
})

describe('reading changes', () => {
  test('[L2] applies page after page up to the head, and says what it is', async () => {
    const { ports, asked, script, store, events } = await createSyncDevice()
    const pages = [
      page({ from: 10, next: 12, head: 14, records: [category('a', 12)] }),
      page({ from: 12, next: 14, head: 14, records: [category('b', 14)] }),
    ]
    script.pull = async () => answer(pages.shift())
    expect(await pull(ports, never)).toEqual({ kind: 'done' })
    expect(asked.pull.map(({ cursor }) => cursor)).toEqual([10, 12])
    expect(asked.pull[0]).toMatchObject({ protocol: 2, appVersion: '0.2.0', journalSeq: 0, epoch, scopeId })
    expect((await store.listRecords()).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(events.flatMap(({ topics }) => topics)).toContain('catalogue')
  })

  test('[P6] asks once where what comes is no answer to the question', async () => {
    const { ports, asked, script } = await createSyncDevice()
    for (const came of [page({ from: 3, next: 4, head: 9 }), '<html>', page({ epoch: 'another' })]) {
      script.pull = async () => answer(came)
      expect(await pull(ports, never)).toEqual({ kind: 'retry', waitMs: 0 })
    }
    script.pull = async () => ({ ...lost, waitMs: 3_000 })
    expect(await pull(ports, never)).toEqual({ kind: 'retry', waitMs: 3_000 })
    expect(asked.pull).toHaveLength(4)
  })

  test.each(['epoch-changed', 'cursor-ahead'] as const)(
    '[L5] %s: loads again, and offers every operation again',
    async (reason) => {
      const { ports, asked, script, sell, store } = await createSyncDevice()
      await sell(1)
      await runCycle(ports, never)
      const next = reason === 'epoch-changed' ? 'epoch-2' : epoch
      const scope = { id: scopeId, storeId: null, registerId: null }
      script.pull = async () => answer({ kind: 'load-again', reason, epoch: next, scope })
      expect(await pull(ports, never)).toEqual({ kind: 'more' })
      expect(await store.loadSync()).toMatchObject({ epoch: next, pushedSeq: 0, ackedSeq: 0, generation: 2 })
      script.load = async () =>
        answer({
          ...loadPage(),
          epoch: next,
          ackedSeq: 2,
          rows: '{"records":[],"orders":[],"segments":[],"registers":[]}',
        })
      script.pull = async ({ cursor }) =>
        answer(page({ epoch: next, from: cursor, next: cursor, head: cursor, ackedSeq: 2 }))
      expect(await runCycle(ports, never)).toEqual({ kind: 'done' })
      expect(asked.push.map(({ firstSeq }) => firstSeq)).toEqual([1, 1])
    },
  )

  test('[L5] a page that covers less than an earlier one shows a restored server', async () => {
    const { ports, script, sell, store } = await createSyncDevice()
    await sell(1)
    script.pull = async ({ cursor }) => answer(page({ from: cursor, next: 12, head: 12, ackedSeq: 2 }))
    await runCycle(ports, never)
    script.pull = async ({ cursor }) => answer(page({ from: cursor, next: 13, head: 13, ackedSeq: 1 }))
    expect(await runCycle(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({ pushedSeq: 0, ackedSeq: 0, cursor: 0 })
  })

  test('[L6] a cursor that is too old loads again, and offers nothing again', async () => {
    const { ports, script, sell, store } = await createSyncDevice()
    await sell(1)
    await runCycle(ports, never)
    const scope = { id: scopeId, storeId: null, registerId: null }
    script.pull = async () => answer({ kind: 'load-again', reason: 'cursor-too-old', epoch, scope })
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({ ackedSeq: 2, generation: 2, load: { after: null } })
  })

  test('[L7] another scope holds from the moment at which its load begins', async () => {
    const { ports, script, store, events } = await createSyncDevice()
    const scope = { id: 'register s2 r1', storeId: 's2', registerId: 'r1' }
    script.pull = async () => answer({ kind: 'load-again', reason: 'scope-changed', epoch, scope })
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadInstall()).toMatchObject({ storeId: 's2', registerId: 'r1' })
    expect(await store.loadSync()).toMatchObject({ scopeId: 'register s2 r1', load: { after: null } })
    expect(events.flatMap(({ topics }) => topics)).toContain('device')
  })
})

describe('a load', () => {
  const rows = (...records: object[]) => JSON.stringify({ records, orders: [], segments: [], registers: [] })

  test('[L4] goes page by page, the next one asked for while one is being stored', async () => {
    const { ports, asked, script, store } = await createSyncDevice({ isLoaded: false })
    let askedWhenStoring = 0
    const { applyLoadPage } = store
    store.applyLoadPage = (after, ...given) => {
      if (after === null) askedWhenStoring = asked.load.length
      return applyLoadPage(after, ...given)
    }
    script.load = async ({ after }) =>
      after === null
        ? answer({ ...loadPage(), after: 'b', share: 0.5, rows: rows(category('a', 3)) })
        : answer({ ...loadPage(), rows: rows(category('b', 4)) })
    expect(await pull(ports, never)).toEqual({ kind: 'done' })
    expect(asked.load.map(({ after }) => after)).toEqual([null, 'b'])
    expect(askedWhenStoring).toBe(2)
    expect((await store.listRecords()).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(await store.loadSync()).toMatchObject({ load: null, cursor: 10 })
  })

  test.each([
    ['its first page', [1]],
    ['a later page', [2, 1]],
  ])('[L5] [I7] begins anew where %s covers less than was acknowledged', async (_, covered) => {
    const { ports, script, sell, store } = await createSyncDevice()
    await sell(1)
    await runCycle(ports, never)
    const scope = { id: scopeId, storeId: null, registerId: null }
    script.pull = async () => answer({ kind: 'load-again', reason: 'cursor-too-old', epoch, scope })
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    const pages = covered.map((ackedSeq) => ({
      ...loadPage(),
      after: 'b',
      share: 0.5,
      ackedSeq,
      rows: rows(),
    }))
    script.load = async () => answer(pages.shift())
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({
      generation: 3,
      pushedSeq: 0,
      ackedSeq: 0,
      load: { after: null, startVersion: null },
    })
  })

  test('[L4] goes on where it was, in the next cycle too', async () => {
    const { ports, asked, script } = await createSyncDevice({ isLoaded: false })
    script.load = async () => answer({ ...loadPage(), after: 'b', share: 0.5, rows: rows() })
    let pages = 0
    expect(await pull(ports, () => (pages += 1) > 1)).toEqual({ kind: 'more' })
    script.load = async () => lost
    expect(await pull(ports, never)).toMatchObject({ kind: 'retry' })
    expect(asked.load.at(-1)).toMatchObject({ after: 'b' })
  })

  test('[P6] rows that were cut off on their way are asked for again', async () => {
    const { ports, script } = await createSyncDevice({ isLoaded: false })
    for (const cut of ['{"records":[', '{"records":7}']) {
      script.load = async () => answer({ ...loadPage(), rows: cut })
      expect(await pull(ports, never)).toEqual({ kind: 'retry', waitMs: 0 })
    }
  })

  test('[L7] begins again where its pages are of another scope', async () => {
    const { ports, script, store } = await createSyncDevice({ isLoaded: false })
    const scope = { id: 'register s2 r1', storeId: 's2', registerId: 'r1' }
    script.load = async () => answer({ ...loadPage(), scope, rows: rows() })
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({ scopeId: scope.id, generation: 2 })
  })
})

describe('at rest', () => {
  test('[I9] compares digests, at most once in ten minutes', async () => {
    const { ports, asked, script, store, timers } = await createSyncDevice()
    script.pull = async ({ cursor, wantsDigest }) =>
      answer(
        page({
          from: cursor,
          next: 11,
          head: 11,
          records: cursor < 11 ? [category('a', 11)] : [],
          digest: wantsDigest ? digestOfCategory('a', 11) : null,
        }),
      )
    await pull(ports, never)
    await pull(ports, never)
    await timers.pass(11 * 60_000)
    await pull(ports, never)
    expect(asked.pull.map(({ wantsDigest }) => wantsDigest)).toEqual([true, false, true])
    expect(await store.loadSync()).toMatchObject({
      lastDigest: { at: NOW + 11 * 60_000, isEqual: true },
      generation: 1,
    })
  })

  test('[I9] is not at rest while anything is unsent', async () => {
    const { ports, asked, sell } = await createSyncDevice()
    await sell(1)
    await pull(ports, never)
    expect(asked.pull[0]).toMatchObject({ wantsDigest: false })
  })

  test('[I9] mends a difference by loading again, wipes nothing, and does not load for ever', async () => {
    const { ports, asked, script, store, timers } = await createSyncDevice()
    script.pull = async ({ cursor, wantsDigest }) =>
      answer(
        page({
          from: cursor,
          next: Math.max(cursor, 11),
          head: 11,
          records: cursor < 11 ? [category('a', 11)] : [],
          digest: wantsDigest ? digestOfCategory('a', 12) : null,
        }),
      )
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({ generation: 2, lastDigest: { isEqual: false } })
    expect((await store.listRecords()).map(({ id }) => id)).toEqual(['a'])
    expect(await pull(ports, never)).toEqual({ kind: 'done' })
    await pull(ports, never)
    expect(asked.load).toHaveLength(1)
    await timers.pass(11 * 60_000)
    expect(await pull(ports, never)).toEqual({ kind: 'more' })
    expect(await store.loadSync()).toMatchObject({ generation: 3 })
  })
})
