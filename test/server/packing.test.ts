import { expect, test } from 'vitest'
import { deflateRawSync } from 'node:zlib'
import { packing } from '../../server/packing.ts'

const text = `${'Zoë’s latte 🥐\n'.repeat(1_000)}`

test('what is packed comes out as it was, and takes less room', async () => {
  const packed = await packing.deflate(text)
  expect(packed).toMatch(/^[A-Za-z0-9+/]+=*$/)
  expect(packed.length).toBeLessThan(text.length / 10)
  expect(await packing.inflate(packed, 1_000_000)).toBe(text)
  expect(await packing.inflate(await packing.deflate(''), 1)).toBe('')
})

test('a small packing that would inflate to a lot is given up at the limit', async () => {
  const packed = await packing.deflate(text)
  const bytes = Buffer.byteLength(text)
  expect(await packing.inflate(packed, bytes - 1)).toBeNull()
  expect(await packing.inflate(packed, bytes)).toBe(text)
})

test('what is cut, is nothing of the kind, or holds no text, is told from text', async () => {
  const packed = await packing.deflate(text)
  const noText = deflateRawSync(Buffer.from([0xc3, 0x28])).toString('base64')
  for (const broken of [packed.slice(0, packed.length / 2), 'no base64 at all', '', noText])
    expect(await packing.inflate(broken, 1_000_000)).toBeNull()
})
