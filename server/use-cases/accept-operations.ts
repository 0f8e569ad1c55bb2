import { priceOrder } from '#domain/price-order.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import type { PaidOrder } from '#domain/order.ts'
import { readPaidOrder, shiftOpenedV1 } from '#protocol/paid-order.ts'
import type { PushAnswer, PushRequest } from '#protocol/push.ts'
import { verifyRun } from '#sync/journal.ts'
import type { Operation, OperationFlag, OperationResult } from '#sync/operation.ts'
import type { AcceptedOperation, Effect, IngestStore, IngestTransaction, Known, Mentioned } from './ports.ts'
import { isSignedBy } from './signature.ts'

/**
 * Takes a batch of one install's journal ([P1]–[P5]). Facts are never refused: what can't be decoded is parked, what
 * looks wrong is flagged, and both advance the journal, so that one bad operation never blocks the queue.
 */
export async function acceptOperations(
  store: IngestStore,
  request: PushRequest,
): Promise<Result<PushAnswer>> {
  const install = await store.findInstall(request.installId)
  if (!install) {
    return failed(
      'push/unknown-install',
      'This device is not enrolled here.',
      'Enrol it again; its sales stay on it and are sent then.',
    )
  }
  const operations = request.operations.map((operation): Operation => ({
    ...operation,
    installId: request.installId,
  }))
  const last = operations[operations.length - 1]
  if (!last || !(await isSignedBy(install.publicKey, `evertill-push:${last.chain}`, request.signature))) {
    return failed(
      'push/bad-signature',
      'These sales are not signed by the key of this device.',
      'Export the journal and enrol the device again.',
    )
  }
  return success(await store.inIngest(install, (tx) => takeBatch(tx, operations)))
}

async function takeBatch(tx: IngestTransaction, operations: readonly Operation[]): Promise<PushAnswer> {
  const { head } = tx.install
  const repeated = operations.filter((operation) => operation.seq <= head.seq)
  const fresh = operations.filter((operation) => operation.seq > head.seq)

  const stored =
    repeated.length > 0 ? await tx.storedOperations(repeated[0]!.seq, repeated.at(-1)!.seq) : new Map()
  const forked = repeated.find((operation) => stored.get(operation.seq)?.hash !== operation.hash)
  if (forked) return keepFork(tx, operations, forked.seq)

  const run = verifyRun(head, fresh)
  if (!run.ok) {
    if (run.reason === 'gap') return { status: 'gap', expectedSeq: head.seq + 1 }
    return keepFork(tx, fresh, run.atSeq)
  }

  const results: OperationResult[] = repeated.map((operation) => stored.get(operation.seq)!.result)
  if (fresh.length > 0) {
    const decoded = fresh.map((operation) => ({ operation, effect: decode(operation) }))
    const known = await tx.known(mentionedIn(decoded))
    // [P3] The same operation under another install or number: a cloned profile or a restored disk.
    const twin = fresh.find((operation) => known.operations.has(operation.opId.toLowerCase()))
    if (twin) return keepFork(tx, fresh, twin.seq)
    const accepted = await acceptAll(tx, judge(decoded, known, tx.install.isRevoked))
    results.push(...accepted.map((each) => each.result))
  }
  return {
    status: 'accepted',
    ackedSeq: Math.max(head.seq, operations.at(-1)!.seq),
    results: results.map((result) => ({ ...result, flags: [...result.flags] })),
  }
}

/** [P4] What the tables can't hold is parked alone, so that nothing behind it waits. */
async function acceptAll(
  tx: IngestTransaction,
  judged: readonly AcceptedOperation[],
): Promise<readonly AcceptedOperation[]> {
  if (await tx.accept(judged)) return judged
  const accepted: AcceptedOperation[] = []
  for (const each of judged) {
    const isHeld = await tx.accept([each])
    if (!isHeld && !(await tx.accept([parked(each.operation)])))
      throw new Error(`Operation ${each.operation.opId} can't even be parked`)
    accepted.push(isHeld ? each : parked(each.operation))
  }
  return accepted
}

function parked(operation: Operation): AcceptedOperation {
  return {
    operation,
    effect: { kind: 'nothing' },
    result: { seq: operation.seq, status: 'parked', flags: [] },
  }
}

async function keepFork(
  tx: IngestTransaction,
  operations: readonly Operation[],
  atSeq: number,
): Promise<PushAnswer> {
  await tx.keepFork(operations)
  return { status: 'fork', atSeq }
}

type Decoded = { readonly operation: Operation; readonly effect: Effect }

function mentionedIn(decoded: readonly Decoded[]): Mentioned {
  const orders = decoded.flatMap(({ effect }) => (effect.kind === 'order' ? [effect.order] : []))
  return {
    opIds: decoded.map(({ operation }) => operation.opId),
    productIds: [...new Set(orders.flatMap((order) => order.lines.flatMap((line) => line.productId ?? [])))],
    staffIds: [...new Set(orders.flatMap((order) => order.staffId ?? []))],
    orderIds: orders.map((order) => order.orderId),
  }
}

/** [P4] Every operation gets a result; none is refused. */
function judge(decoded: readonly Decoded[], known: Known, isRevoked: boolean): AcceptedOperation[] {
  const seenOrders = new Set(known.orders)
  return decoded.map(({ operation, effect }) => {
    if (effect.kind === 'nothing') return parked(operation)
    const flags: OperationFlag[] = isRevoked ? ['revoked-install'] : []
    if (effect.kind === 'shift')
      return { operation, effect, result: { seq: operation.seq, status: 'applied', flags } }

    flags.push(...flagsOf(effect.order, known))
    if (seenOrders.has(effect.order.orderId)) {
      // [P3] The order counts once, whatever operation brings it again.
      return {
        operation,
        effect: { kind: 'nothing' },
        result: { seq: operation.seq, status: 'applied', flags: [...flags, 'duplicate-order'] },
      }
    }
    seenOrders.add(effect.order.orderId)
    return { operation, effect, result: { seq: operation.seq, status: 'applied', flags } }
  })
}

/** How JSON writes NUL, which PostgreSQL holds in no text. */
const mayHoldNul = /\\u0000/

/** The journal keeps its bytes; only what is read out of them is cleaned. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value
}

function decode(operation: Operation): Effect {
  let payload: unknown
  try {
    payload = JSON.parse(
      operation.payload,
      mayHoldNul.test(operation.payload) ? (_, value: unknown) => withoutNul(value) : undefined,
    )
  } catch {
    return { kind: 'nothing' }
  }
  if (operation.kind === 'order.paid' && operation.kindVersion === 1) {
    const order = readPaidOrder(payload)
    return order ? { kind: 'order', order } : { kind: 'nothing' }
  }
  if (operation.kind === 'shift.opened' && operation.kindVersion === 1) {
    const shift = shiftOpenedV1.safeParse(payload)
    return shift.success ? { kind: 'shift', shift: shift.data } : { kind: 'nothing' }
  }
  return { kind: 'nothing' }
}

function flagsOf(order: PaidOrder, known: Known): OperationFlag[] {
  const flags: OperationFlag[] = []
  const listed = order.lines.filter((line) => line.productId !== null)
  if (listed.some((line) => !known.prices.has(line.productId!))) flags.push('unknown-product')
  const isOffList = listed.some((line) => {
    const price = known.prices.get(line.productId!)?.get(line.variantId ?? '')
    return price !== undefined && price !== line.unitPriceMinor
  })
  if (isOffList) flags.push('price-not-on-list')
  if (order.staffId !== null && !known.activeStaff.has(order.staffId)) flags.push('dismissed-staff')
  // A refund takes back amounts as they were sold, so only a sale can be priced afresh.
  if (
    order.refundOf === null &&
    priceOrder(order, order.pricing).totals.totalMinor !== order.totals.totalMinor
  )
    flags.push('totals-differ')
  const paidMinor = order.payments.reduce((sum, payment) => sum + payment.amountMinor, 0)
  if (paidMinor !== order.totals.totalMinor + order.cashRoundingMinor) flags.push('payments-differ')
  return flags
}
