import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterLoadPage,
  afterPage,
  isNewerRow,
  loadAgain,
  loadShowsLoss,
  newLoad,
  showsLoss,
  type PullState,
} from '#sync/pull-state.ts'

const state: PullState = { epoch: 'one', generation: 1, cursor: 7, load: null, pulledSeq: 3 }
const page = { epoch: 'one', from: 7, next: 12, ackedSeq: 5 }

describe('pull state', () => {
  test('[L2] a page that begins at the stored cursor moves it', () => {
    expect(afterPage(state, page)).toEqual({ ...state, cursor: 12, pulledSeq: 5 })
  })

  test.each([
    ['begins elsewhere', { ...page, from: 6 }],
    ['comes a second time', { ...page, from: 2, next: 7 }],
    ['is of another epoch', { ...page, epoch: 'two' }],
    ['goes back', { ...page, next: 6 }],
  ])('[L2] a page that %s is thrown away', (_, wrong) => {
    expect(afterPage(state, wrong)).toBeNull()
  })

  test('[L4] no pulled page applies while a load is running', () => {
    expect(afterPage({ ...state, load: newLoad }, page)).toBeNull()
  })

  test('[L4] a load goes on page by page and ends at the version that was read before its first page', () => {
    const start = { ...state, cursor: 0, load: newLoad, pulledSeq: 0 }
    const loadPage = { epoch: 'one', startVersion: 40, after: 'a', share: 0.5, ackedSeq: 2 }
    const second = afterLoadPage(start, null, loadPage)!
    expect(second.load).toEqual({ after: 'a', startVersion: 40, startAckedSeq: 2, share: 0.5 })
    const last = { ...loadPage, startVersion: 60, after: null, ackedSeq: 9 }
    expect(afterLoadPage(second, 'a', last)).toEqual({ ...state, cursor: 40, pulledSeq: 2 })
  })

  test('[L4] a load page that was asked for at another place, or comes twice, is thrown away', () => {
    const start = { ...state, load: { ...newLoad, after: 'b' } }
    const loadPage = { epoch: 'one', startVersion: 40, after: 'c', share: 0.5, ackedSeq: 2 }
    expect(afterLoadPage(start, null, loadPage)).toBeNull()
    expect(afterLoadPage(start, 'a', loadPage)).toBeNull()
    expect(afterLoadPage(state, null, loadPage)).toBeNull()
    expect(afterLoadPage(start, 'b', loadPage)).not.toBeNull()
  })

  test('[L5] loading again starts a new generation and forgets the cursor', () => {
    expect(loadAgain(state, 'two')).toEqual({
      epoch: 'two',
      generation: 2,
      cursor: 0,
      load: newLoad,
      pulledSeq: 0,
    })
  })

  test('[L5] a page that covers fewer of our operations than before shows that the server has gone back', () => {
    expect(showsLoss({ ...state, ackedSeq: 0 }, { ...page, head: 100, ackedSeq: 2 })).toBe(true)
    expect(showsLoss({ ...state, ackedSeq: 0 }, { ...page, head: 100, ackedSeq: 3 })).toBe(false)
    // A page that was asked for elsewhere says nothing: it may be old.
    expect(showsLoss({ ...state, ackedSeq: 0 }, { ...page, head: 100, from: 6, ackedSeq: 2 })).toBe(false)
    // What was acknowledged before the question must be in a page that reaches the head, and need not be in another.
    const acknowledged = { ...state, ackedSeq: 9 }
    expect(showsLoss(acknowledged, { ...page, ackedSeq: 8, head: page.next })).toBe(true)
    expect(showsLoss(acknowledged, { ...page, ackedSeq: 9, head: page.next })).toBe(false)
    expect(showsLoss(acknowledged, { ...page, ackedSeq: 8, head: page.next + 1 })).toBe(false)
  })

  test('[L5] [I7] a page of a load that covers less than was acknowledged before it was asked for shows it too', () => {
    const start = { ...state, load: newLoad, ackedSeq: 4 }
    expect(loadShowsLoss(start, { epoch: 'one', ackedSeq: 3 })).toBe(true)
    expect(loadShowsLoss(start, { epoch: 'one', ackedSeq: 4 })).toBe(false)
    expect(loadShowsLoss(start, { epoch: 'two', ackedSeq: 3 })).toBe(false)
    // A later page is asked for ahead: what it must cover is what the first one did.
    const later = { ...start, load: { ...newLoad, after: 'a', startVersion: 40, startAckedSeq: 2 } }
    expect(loadShowsLoss(later, { epoch: 'one', ackedSeq: 1 })).toBe(true)
    expect(loadShowsLoss(later, { epoch: 'one', ackedSeq: 2 })).toBe(false)
  })

  test('[L2] a row replaces only an older one; versions of an earlier load do not count', () => {
    expect(isNewerRow(undefined, { generation: 1, v: 1 })).toBe(true)
    expect(isNewerRow({ generation: 1, v: 5 }, { generation: 1, v: 6 })).toBe(true)
    expect(isNewerRow({ generation: 1, v: 5 }, { generation: 1, v: 5 })).toBe(false)
    expect(isNewerRow({ generation: 1, v: 50 }, { generation: 2, v: 3 })).toBe(true)
    expect(isNewerRow({ generation: 2, v: 3 }, { generation: 1, v: 50 })).toBe(false)
  })

  test('[I7] pages in any order, doubled and lost, never move the cursor back', () => {
    const froms = fc.array(fc.nat(20), { maxLength: 60 })
    fc.assert(
      fc.property(froms, (order) => {
        let now: PullState = { ...state, cursor: 0 }
        for (const from of order) {
          const next = afterPage(now, { epoch: 'one', from, next: from + 2, ackedSeq: from }) ?? now
          expect(next.cursor).toBeGreaterThanOrEqual(now.cursor)
          expect(next.pulledSeq).toBeGreaterThanOrEqual(now.pulledSeq)
          now = next
        }
      }),
    )
  })
})
