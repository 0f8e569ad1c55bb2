import type { MetaRows } from './rows.ts'
import type { ReadTransaction, WriteTransaction } from './tables.ts'

/** The transaction must be over `meta`. */
export async function loadMeta<Key extends keyof MetaRows>(
  tx: ReadTransaction,
  key: Key,
): Promise<MetaRows[Key] | null> {
  const row = await tx.get('meta', key)
  return (row?.value as MetaRows[Key] | undefined) ?? null
}

/** For what every enrolled device has. */
export async function needMeta<Key extends keyof MetaRows>(
  tx: ReadTransaction,
  key: Key,
): Promise<MetaRows[Key]> {
  const value = await loadMeta(tx, key)
  if (value === null) throw new Error(`This device is not enrolled: it has no “${key}”.`)
  return value
}

export function saveMeta<Key extends keyof MetaRows>(
  tx: WriteTransaction,
  key: Key,
  value: MetaRows[Key],
): void {
  tx.put('meta', [{ key, value }])
}
