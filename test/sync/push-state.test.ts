import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterPush, offerAgain, type PushReply, type PushState } from '#sync/push-state.ts'

const state: PushState = { epoch: 'one', pushedSeq: 10, ackedSeq: 10, forkAtSeq: null }
const sent = { epoch: 'one', fromSeq: 11, toSeq: 20 }

describe('push state', () => {
  test('[P2] accepted moves on to the end of the run and to what the server holds', () => {
    const next = afterPush(state, sent, { status: 'accepted', ackedSeq: 20 })
    expect(next).toEqual({ ...state, pushedSeq: 20, ackedSeq: 20 })
  })

  test('[P2] what the server holds above the run was written by a copy of this journal, and does not count', () => {
    const next = afterPush(state, sent, { status: 'accepted', ackedSeq: 25 })
    expect(next).toEqual({ ...state, pushedSeq: 20, ackedSeq: 20 })
  })

  test('[P2] [I7] no answer counts more than was sent before or in its run, and only a gap takes back', () => {
    const seq = fc.integer({ min: -2, max: 60 })
    const replies = fc.oneof(
      fc.record({ status: fc.constant('accepted' as const), ackedSeq: seq }),
      fc.record({ status: fc.constant('gap' as const), expectedSeq: seq }),
      fc.record({ status: fc.constant('fork' as const), atSeq: seq }),
    )
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(30),
        fc.nat(30),
        fc.nat(9),
        replies,
        (acked, ahead, from, more, reply) => {
          const before: PushState = { ...state, ackedSeq: acked, pushedSeq: acked + ahead }
          const run = { epoch: 'one', fromSeq: from + 1, toSeq: from + 1 + more }
          const after = afterPush(before, run, reply)
          expect(after.ackedSeq).toBeLessThanOrEqual(Math.max(before.ackedSeq, run.toSeq))
          expect(after.pushedSeq).toBeLessThanOrEqual(Math.max(before.pushedSeq, run.toSeq))
          expect(after.ackedSeq).toBeLessThanOrEqual(after.pushedSeq)
          if (reply.status === 'gap') return
          expect(after.ackedSeq).toBeGreaterThanOrEqual(before.ackedSeq)
          expect(after.pushedSeq).toBeGreaterThanOrEqual(before.pushedSeq)
        },
      ),
    )
  })

  test('[P2] a gap rewinds to what the server expects', () => {
    const next = afterPush(state, sent, { status: 'gap', expectedSeq: 4 })
    expect(next).toEqual({ ...state, pushedSeq: 3, ackedSeq: 3 })
  })

  test('[C4] a gap that a frozen tab reports late changes nothing', () => {
    const moved = { ...state, pushedSeq: 20, ackedSeq: 20 }
    expect(afterPush(moved, sent, { status: 'gap', expectedSeq: 4 })).toBe(moved)
  })

  test('[P2] a gap that makes no sense changes nothing', () => {
    expect(afterPush(state, sent, { status: 'gap', expectedSeq: 12 })).toBe(state)
    expect(afterPush(state, sent, { status: 'gap', expectedSeq: 0 })).toBe(state)
  })

  test('[P2] a fork is kept until a person decides', () => {
    const forked = afterPush(state, sent, { status: 'fork', atSeq: 12 })
    expect(forked.forkAtSeq).toBe(12)
    expect(afterPush(forked, sent, { status: 'accepted', ackedSeq: 20 }).forkAtSeq).toBe(12)
  })

  test('[L5] a new epoch offers everything again, and answers of the old one no longer count', () => {
    const again = offerAgain(state, 'two')
    expect(again).toEqual({ epoch: 'two', pushedSeq: 0, ackedSeq: 0, forkAtSeq: null })
    expect(afterPush(again, sent, { status: 'accepted', ackedSeq: 20 })).toBe(again)
  })

  test('[I14] whatever the server has lost, and whatever answers get lost or doubled, the journal drains', () => {
    const losses = fc.array(fc.constantFrom('ok', 'answer lost', 'twice') as fc.Arbitrary<Delivery>, {
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(40),
        fc.integer({ min: 1, max: 7 }),
        losses,
        (held, pushed, batch, faults) => {
          const drained = drain({ journal: 40, held, pushed, batch, faults })
          expect(drained).toEqual({ pushedSeq: 40, ackedSeq: 40, held: 40 })
        },
      ),
    )
  })
})

type Delivery = 'ok' | 'answer lost' | 'twice'

/** A device with `journal` operations pushes to a server that holds the first `held` of them until nothing is left. */
function drain(world: { journal: number; held: number; pushed: number; batch: number; faults: Delivery[] }) {
  let { held } = world
  let device: PushState = { epoch: 'e', pushedSeq: world.pushed, ackedSeq: world.pushed, forkAtSeq: null }
  const faults = [...world.faults]
  const deliver = (from: number, to: number): PushReply => {
    if (from > held + 1) return { status: 'gap', expectedSeq: held + 1 }
    held = Math.max(held, to)
    return { status: 'accepted', ackedSeq: held }
  }
  for (let round = 0; round < 200; round += 1) {
    const fromSeq = device.pushedSeq + 1
    const toSeq = Math.min(world.journal, device.pushedSeq + world.batch)
    // A device whose journal the server holds less of notices only when it sells again: it then sends the next one.
    if (fromSeq > toSeq) {
      if (held === world.journal) break
      device = { ...device, pushedSeq: device.pushedSeq - 1 }
      continue
    }
    const fault = faults.shift() ?? 'ok'
    if (fault === 'twice') deliver(fromSeq, toSeq)
    const reply = deliver(fromSeq, toSeq)
    if (fault !== 'answer lost') device = afterPush(device, { epoch: 'e', fromSeq, toSeq }, reply)
  }
  return { pushedSeq: device.pushedSeq, ackedSeq: device.ackedSeq, held }
}
