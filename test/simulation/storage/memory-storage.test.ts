import { expect, test } from 'vitest'
import { createMemoryDisk } from './memory-disk.ts'
import { openMemoryStorage } from './memory-storage.ts'

const contact = (registerId: string, heardAt: number | null = null) => ({ registerId, heardAt })

test('rows come back in the order of the key or the index, within bounds', async () => {
  const storage = openMemoryStorage()
  await storage.write(['overlays', 'contacts'], 'strict', async (tx) => {
    const overlay = (seq: number, part: number) =>
      ({ seq, part, kind: 'store', id: 'x', change: { type: 'remove' } }) as const
    tx.add('overlays', [overlay(10, 0), overlay(2, 1), overlay(2, 0)])
    tx.put('contacts', [contact('b'), contact('a')])
  })
  const seqs = await storage.read(['overlays'], (tx) => tx.list('overlays', { to: [2, 1] }))
  expect(seqs.map(({ seq, part }) => [seq, part])).toEqual([
    [2, 0],
    [2, 1],
  ])
  const reversed = await storage.read(['contacts'], (tx) =>
    tx.list('contacts', { isReversed: true, most: 1 }),
  )
  expect(reversed).toEqual([contact('b')])
})

test('a transaction sees its own writes and waits for those of others', async () => {
  const storage = openMemoryStorage()
  const count = () =>
    storage.write(['contacts'], 'strict', async (tx) => {
      const held = await tx.get('contacts', 'a')
      tx.put('contacts', [contact('a', (held?.heardAt ?? 0) + 1)])
      return (await tx.get('contacts', 'a'))?.heardAt
    })
  expect(await Promise.all([count(), count(), count()])).toEqual([1, 2, 3])
})

test('a write that fails, or work that throws, leaves nothing behind', async () => {
  const storage = openMemoryStorage()
  const twice = storage.write(['contacts'], 'strict', async (tx) => {
    tx.add('contacts', [contact('a')])
    tx.add('contacts', [contact('a')])
  })
  await expect(twice).rejects.toThrow(/already/)
  const broken = storage.write(['contacts'], 'strict', async (tx) => {
    tx.put('contacts', [contact('b')])
    await tx.count('contacts')
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  expect(await storage.read(['contacts'], (tx) => tx.count('contacts'))).toBe(0)
})

test('a transaction that waits for something else is over too early', async () => {
  const storage = openMemoryStorage()
  const late = storage.write(['contacts'], 'strict', async (tx) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    tx.put('contacts', [contact('a')])
  })
  await expect(late).rejects.toThrow(/too early/)
})

test('a power cut loses only what was relaxed and came after the last strict commit', async () => {
  const disk = createMemoryDisk()
  const storage = openMemoryStorage(disk)
  for (const [id, durability] of [
    ['a', 'relaxed'],
    ['b', 'strict'],
    ['c', 'relaxed'],
    ['d', 'relaxed'],
  ] as const)
    await storage.write(['contacts'], durability, async (tx) => tx.put('contacts', [contact(id)]))
  expect(disk.powerCut(1)).toBe(1)
  expect(
    [...disk.tableOf('contacts').values()].map((row) => (row as { registerId: string }).registerId),
  ).toEqual(['a', 'b', 'c'])
})

test('a full disk takes deletions only, and rows that were read cannot be changed', async () => {
  const disk = createMemoryDisk()
  const storage = openMemoryStorage(disk)
  await storage.write(['contacts'], 'strict', async (tx) => tx.put('contacts', [contact('a')]))
  disk.setFull(true)
  const put = storage.write(['contacts'], 'strict', async (tx) => tx.put('contacts', [contact('b')]))
  await expect(put).rejects.toHaveProperty('name', 'QuotaExceededError')
  const held = await storage.read(['contacts'], (tx) => tx.get('contacts', 'a'))
  expect(() => Object.assign(held!, { heardAt: 5 })).toThrow(TypeError)
  await storage.write(['contacts'], 'strict', async (tx) => tx.delete('contacts', ['a']))
  expect(disk.tableOf('contacts').size).toBe(0)
})

test('a tab that is killed leaves no lock and no half transaction behind', async () => {
  const disk = createMemoryDisk()
  const killed = openMemoryStorage(disk)
  void killed.write(['contacts'], 'strict', async (tx) => {
    tx.put('contacts', [contact('a')])
    killed.abandon()
    await tx.count('contacts')
  })
  const other = openMemoryStorage(disk)
  expect(await other.read(['contacts'], (tx) => tx.count('contacts'))).toBe(0)
})
