import { readFileSync } from 'node:fs'
import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { decodeFile } from '../../src/import/decode-file.ts'

const utf8 = new TextEncoder()

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/import/${name}`, import.meta.url))
}

function decoded(bytes: Uint8Array) {
  const outcome = decodeFile(bytes, 'sales.csv')
  if (!outcome.ok) throw new Error(outcome.failure.sentence)
  return outcome.value
}

function failureCode(bytes: Uint8Array, mostBytes?: number): string | null {
  const outcome = decodeFile(bytes, 'sales.csv', mostBytes)
  return outcome.ok ? null : outcome.failure.code
}

describe('decodeFile', () => {
  test('reads UTF-8 and takes its byte order mark off', () => {
    expect(decoded(utf8.encode('Café'))).toEqual({ text: 'Café', encoding: 'utf-8', wasGzip: false })
    expect(decoded(utf8.encode('\ufeffCafé')).text).toBe('Café')
  })

  test('reads UTF-16 of both byte orders by its mark', () => {
    const little = decoded(fixture('tabs-utf-16le.csv'))
    expect(little.encoding).toBe('utf-16le')
    expect(little.text).toContain('Thé vert')
    const big = decoded(Uint8Array.of(0xfe, 0xff, 0x00, 0x54, 0x00, 0xe9))
    expect(big).toMatchObject({ text: 'Té', encoding: 'utf-16be' })
  })

  test('takes what is not valid UTF-8 for Windows-1252', () => {
    const file = decoded(fixture('day-first-windows-1252.csv'))
    expect(file.encoding).toBe('windows-1252')
    expect(file.text).toContain('Café crème;2;3,50 €')
  })

  test('unpacks gzip by its magic bytes, whatever the name', () => {
    const text = 'Date,Item\n'.repeat(50_000)
    expect(decoded(gzipSync(utf8.encode(text)))).toEqual({ text, encoding: 'utf-8', wasGzip: true })
  })

  test('stops unpacking a small file that would grow beyond the bound', () => {
    const packed = gzipSync(new Uint8Array(5_000_000).fill(65))
    expect(packed.length).toBeLessThan(50_000)
    expect(failureCode(packed, 1_000_000)).toBe('import/file-too-large')
    expect(failureCode(new Uint8Array(11).fill(65), 10)).toBe('import/file-too-large')
  })

  test('says so when a packed file is cut off or a bit of it flipped', () => {
    // Stored, not compressed: the flip lands in a digit and only the checksum can tell.
    const packed = gzipSync(utf8.encode('Amount\n100.00\n'), { level: 0 })
    expect(failureCode(packed)).toBeNull()
    const flipped = packed.slice()
    flipped[packed.length - 12]! ^= 1
    expect(failureCode(flipped)).toBe('import/file-damaged')
    expect(failureCode(packed.slice(0, -6))).toBe('import/file-damaged')
    expect(failureCode(packed.slice(0, 9))).toBe('import/file-damaged')
  })

  test('refuses workbooks, other binary files and empty files', () => {
    expect(failureCode(Uint8Array.of(0x50, 0x4b, 3, 4, 65))).toBe('import/file-not-text')
    expect(failureCode(Uint8Array.of(65, 0, 66))).toBe('import/file-not-text')
    expect(failureCode(new Uint8Array())).toBe('import/file-empty')
  })
})
