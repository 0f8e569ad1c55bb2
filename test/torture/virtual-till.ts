import { setTimeout as delay } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import type { PaidOrder } from '#domain/order.ts'
import type { PushAnswer, PushRequest } from '#protocol/push.ts'
import type { Operation } from '#sync/operation.ts'
import type { VirtualRegister } from '../server/virtual-shop.ts'
import type { Chance } from '../simulation/chance.ts'
import type { Ledger } from './ledger.ts'

/** A register without a browser: its journal is in the test's memory, which nothing kills. */
export type VirtualTill = {
  readonly register: VirtualRegister
  /** A sale, mostly; sometimes cash, stock or the close of the shift. Nothing while much is unsent. */
  act(): void
  closeShift(): void
  /** Whether a request is under way. */
  isSending(): boolean
  /** What the server said of a batch, where somebody else has sent it. */
  hear(answer: PushAnswer): void
  /** Sends one batch and sometimes an old one again; trouble is left for the next try. */
  send(): Promise<void>
  /** Until the server holds everything, for a minute at most. */
  drain(): Promise<void>
  /** Every request that was ever made. */
  readonly sent: readonly PushRequest[]
}

/** Keeps what a long outage piles up small enough to be sent soon after. */
const MOST_UNSENT = 60

export function createVirtualTill(
  register: VirtualRegister,
  { url, ledger, chance }: { url: string; ledger: Ledger; chance: Chance },
): VirtualTill {
  const facts = createFacts(register, ledger, chance)
  const sent: PushRequest[] = []
  let ackedSeq = 0
  let sending = 0

  const post = async (request: PushRequest): Promise<PushAnswer | null> => {
    sent.push(request)
    sending += 1
    try {
      const response = await fetch(`${url}/trpc/operations.push`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(20_000),
      })
      const body = (await response.json()) as {
        result?: { data: { ok: true; value: PushAnswer } | { ok: false; failure: { code: string } } }
      }
      if (body.result === undefined) return null
      if (!body.result.data.ok) throw new Error(`A push was refused: ${body.result.data.failure.code}`)
      return body.result.data.value
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('A push was refused')) throw error
      return null
    } finally {
      sending -= 1
    }
  }

  const hear = (answer: PushAnswer): void => {
    if (answer.status === 'fork')
      throw new Error(`${register.installId} was told of a fork at ${answer.atSeq}`)
    if (answer.status === 'accepted') ackedSeq = Math.max(ackedSeq, answer.ackedSeq)
    if (answer.status === 'gap') ackedSeq = answer.expectedSeq - 1
  }
  const send = async (): Promise<void> => {
    const { seq } = register.head
    if (ackedSeq >= seq) return
    const from = ackedSeq + 1
    const request = await register.batch(from, Math.min(seq, from + 3 + chance.int(20)))
    const old = sent.length > 0 && chance.oneIn(4) ? chance.pick(sent) : null
    const [answer] = await Promise.all([post(request), old && post(old)])
    if (answer === null) await delay(20 + chance.int(60))
    else hear(answer)
  }
  return {
    register,
    sent,
    closeShift: facts.closeShift,
    act: () => {
      if (register.head.seq - ackedSeq < MOST_UNSENT) facts.act()
    },
    isSending: () => sending > 0,
    hear,
    send,
    async drain() {
      // What was acknowledged may be gone: a restored server says so to the next batch, so the last one goes again.
      ackedSeq = Math.min(ackedSeq, register.head.seq - 1)
      for (const until = Date.now() + 60_000; ackedSeq < register.head.seq;) {
        if (Date.now() > until) throw new Error(`${register.installId} could not be sent within a minute`)
        await send()
      }
    },
  }
}

function createFacts(register: VirtualRegister, ledger: Ledger, chance: Chance) {
  const { shop, installId } = register
  const place = { storeId: shop.store.storeId, registerId: shop.registerId }
  let shift: { shiftId: string; orderCount: number; netMinor: number; cashMinor: number } | null = null
  let zNumber = 0

  const openShift = () => {
    if (shift) return shift
    shift = { shiftId: randomUUID(), orderCount: 0, netMinor: 0, cashMinor: 0 }
    const { shiftId } = shift
    register.append('shift.opened', { shiftId, ...place, openedAt: Date.now(), openingFloatMinor: 0 })
    return shift
  }
  const sell = (): void => {
    const open = openShift()
    const built = register.buildOrder({
      businessDay: today(),
      quantity: 1 + chance.int(3),
      productIndex: chance.int(shop.products.length),
    })
    const order: PaidOrder = { ...built, shiftId: open.shiftId }
    noteOrder(ledger, register.append('order.paid', order), order)
    open.orderCount += 1
    open.netMinor += order.totals.netMinor
    open.cashMinor += order.payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  }
  const moveCash = (): void => {
    const open = openShift()
    const amountMinor = 100 + chance.int(9_000)
    const cashMovementId = randomUUID()
    const kind = chance.pick(['paid-in', 'paid-out'] as const)
    register.append('cash.moved', {
      cashMovementId,
      shiftId: open.shiftId,
      ...place,
      kind,
      amountMinor,
      reason: 'change',
    })
    ledger.note({ kind: 'cash.moved', installId, mark: cashMovementId })
    open.cashMinor += kind === 'paid-in' ? amountMinor : -amountMinor
  }
  const moveStock = (): void => {
    const movementId = randomUUID()
    const product = chance.pick(shop.products)
    register.append('stock.moved', {
      ...{ movementId, storeId: place.storeId, productId: product.productId },
      ...{ variantId: null, quantityMilli: 12_000, reason: 'received', note: null },
    })
    ledger.note({ kind: 'stock.moved', installId, mark: movementId })
  }
  const closeShift = (): void => {
    if (!shift) return
    const { shiftId, orderCount, netMinor, cashMinor } = shift
    zNumber += 1
    register.append('shift.closed', {
      ...{ shiftId, ...place, closedAt: Date.now(), zNumber, orderCount, netMinor },
      ...{ expectedCashMinor: cashMinor, countedCashMinor: Math.max(cashMinor, 0) },
    })
    ledger.note({ kind: 'shift.closed', installId, mark: shiftId })
    shift = null
  }
  const act = (): void => {
    const drawn = chance.int(20)
    if (drawn === 0) closeShift()
    else if (drawn === 1) moveStock()
    else if (drawn === 2) moveCash()
    else sell()
  }
  return { act, closeShift }
}

function noteOrder(ledger: Ledger, { installId, seq, hash }: Operation, order: PaidOrder): void {
  const { orderId, receiptNumber, totals, payments, movements } = order
  ledger.note({
    ...{ kind: 'order.paid', installId, seq, hash, orderId, receiptNumber },
    ...{ totalMinor: totals.totalMinor, movements: movements.length },
    payments: payments.map(({ paymentId, amountMinor }) => ({ paymentId, amountMinor })),
  })
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
