import { type Device, withRoom } from './room.ts'
import type { CarriedRow } from './rows.ts'
import type { Storage } from './tables.ts'

/**
 * Takes another device's batches in, to be handed over. [C6] What is held already stays as it is, with its outcome; a longer
 * batch from the same place takes the shorter one's place.
 */
export function saveCarried(device: Device, rows: readonly CarriedRow[], now: number): Promise<void> {
  return withRoom(device, now, () =>
    device.storage.write(['carried'], 'strict', async (tx) => {
      const held = await tx.getMany('carried', rows.map(keyOf))
      tx.put(
        'carried',
        rows.filter((row, index) => row.lastSeq > (held[index]?.lastSeq ?? 0)),
      )
    }),
  )
}

/** By install, in the sequence of its journal. */
export function listCarried(storage: Storage): Promise<CarriedRow[]> {
  return storage.read(['carried'], (tx) => tx.list('carried'))
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
