import { type Device, withRoom } from './room.ts'
import type { CarriedRow } from './rows.ts'
import type { Storage, WriteTransaction } from './tables.ts'

/**
 * Takes another device's batches in, to be handed over. [C6] What is held already stays as it is, with its outcome; a longer
 * batch from the same place takes the shorter one's place, and one that was refused is tried again.
 */
export function saveCarried(device: Device, rows: readonly CarriedRow[], now: number): Promise<void> {
  return withRoom(device, now, () =>
    device.storage.write(['carried'], 'strict', async (tx) => {
      const held = await tx.getMany('carried', rows.map(keyOf))
      tx.put(
        'carried',
        rows.filter((row, index) => {
          const before = held[index]
          return (
            before === undefined ||
            row.lastSeq > before.lastSeq ||
            (isRefused(before) && row.lastSeq === before.lastSeq)
          )
        }),
      )
    }),
  )
}

/** By install, in the sequence of its journal. */
export function listCarried(storage: Storage): Promise<CarriedRow[]> {
  return storage.read(['carried'], (tx) => tx.list('carried'))
}

/** [C6] Whether the server has not said of it yet that it holds or refuses it. */
export function isToHandOver({ outcome }: CarriedRow): boolean {
  return outcome === null || 'missingFromSeq' in outcome
}

function isRefused({ outcome }: CarriedRow): boolean {
  return outcome !== null && 'code' in outcome
}

/**
 * [L5] A server that was put back may have lost what was handed over from here, and the device itself may be gone: it is offered
 * again, of one journal or of all (null).
 */
export async function offerCarriedAgain(tx: WriteTransaction, installId: string | null): Promise<void> {
  const rows = await tx.list('carried')
  tx.put(
    'carried',
    rows.flatMap((row) =>
      row.outcome !== null && 'ackedSeq' in row.outcome && (installId ?? row.installId) === row.installId
        ? [{ ...row, outcome: null }]
        : [],
    ),
  )
}

/** [P2] The server lacks operations before this batch; what of them was handed over from here before is offered again. */
export function recordMissing(
  storage: Storage,
  sent: Pick<CarriedRow, 'installId' | 'firstSeq' | 'lastSeq'>,
  missingFromSeq: number,
): Promise<void> {
  return storage.write(['carried'], 'strict', async (tx) => {
    const held = await tx.get('carried', keyOf(sent))
    if (held?.lastSeq === sent.lastSeq) tx.put('carried', [{ ...held, outcome: { missingFromSeq } }])
    await offerCarriedAgain(tx, sent.installId)
  })
}

/** What the server said to a batch; nothing where a longer one has taken its place meanwhile. */
export function recordCarried(
  storage: Storage,
  sent: Pick<CarriedRow, 'installId' | 'firstSeq' | 'lastSeq'>,
  outcome: NonNullable<CarriedRow['outcome']>,
): Promise<void> {
  return storage.write(['carried'], 'strict', async (tx) => {
    const held = await tx.get('carried', keyOf(sent))
    if (held?.lastSeq === sent.lastSeq) tx.put('carried', [{ ...held, outcome }])
  })
}

function keyOf({ installId, firstSeq }: Pick<CarriedRow, 'installId' | 'firstSeq'>): [string, number] {
  return [installId, firstSeq]
}
