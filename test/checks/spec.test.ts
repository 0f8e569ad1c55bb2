import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Rule IDs such as [C1] or [I16] in a text, each once; [I1]–[I16] is all between them too. */
function idsIn(text: string): string[] {
  const single = [...text.matchAll(/\[([CPSLRDI]\d{1,2})\]/g)].map((match) => match[1]!)
  const ranges = [...text.matchAll(/\[([CPSLRDI])(\d{1,2})\]–\[\1(\d{1,2})\]/g)].flatMap(
    ([, letter, first, last]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => `${letter}${Number(first) + at}`),
  )
  return [...new Set([...single, ...ranges])]
}

/** IDs in the titles of tests and of groups of tests. */
function idsInTitles(source: string): string[] {
  const titles = source.matchAll(/\b(?:describe|test|it)(?:\.each\([\s\S]*?\))?\(\s*(['"`])([\s\S]*?)\1/g)
  return idsIn([...titles].map((match) => match[2]!).join(' '))
}

/** This one names IDs only to show how titles are read. */
const testFiles = globSync('test/**/*.test.{ts,tsx}').filter((path) => !path.endsWith('spec.test.ts'))

describe('src/sync/SPEC.md', () => {
  const specified = idsIn(readFileSync('src/sync/SPEC.md', 'utf8'))
  const named = new Set(testFiles.flatMap((path) => idsInTitles(readFileSync(path, 'utf8'))))

  test('every rule and invariant is named by the title of a test', () => {
    expect(specified.filter((id) => !named.has(id))).toEqual([])
  })

  test('every ID that a title names is specified', () => {
    expect([...named].filter((id) => !specified.includes(id))).toEqual([])
  })

  test('the guide’s IDs are all there', () => {
    const counts = { C: 7, P: 7, S: 2, L: 7, R: 7, D: 2, I: 16 }
    const all = Object.entries(counts).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    )
    expect(specified.toSorted()).toEqual(all.toSorted())
  })

  test('titles are read as they are written', () => {
    expect(idsInTitles("test('[C1] a sale', () => {})")).toEqual(['C1'])
    expect(idsInTitles("test('[P3]–[P5] hold')")).toEqual(['P3', 'P5', 'P4'])
    expect(idsInTitles("test.each([1, 2])('[P2] %s', () => {})")).toEqual(['P2'])
    expect(idsInTitles("// [C2]\nconst text = '[C3]'")).toEqual([])
  })
})
