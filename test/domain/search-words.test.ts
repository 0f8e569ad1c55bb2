import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText, haveWords, wordsOf, wordsOfFolded } from '#domain/search-words.ts'

describe('what a search compares', () => {
  test('has no case and no accents', () => {
    expect(foldText('Café Crème')).toBe('cafe creme')
    expect(foldText('Weißbrot, Smørrebrød, Żółty, Æble')).toBe('weissbrot, smorrebrod, zolty, aeble')
    expect(wordsOf('Weißbrot & Käse-9')).toEqual(['weissbrot', 'kase', '9'])
    expect(wordsOf(' 宇治 茶 ')).toEqual(['宇治', '茶'])
    expect(wordsOf(' - ')).toEqual([])
  })

  test('is the same for plain text on the short way and on the long one', () => {
    // What is not plain sends the whole text the long way.
    const plain = fc.string({ unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(plain, (text) => {
        expect(`${foldText(text)}é`).toBe(foldText(`${text}\u00e9`).slice(0, -1) + 'é')
        expect([...wordsOfFolded(foldText(text)), '宇']).toEqual(wordsOfFolded(`${foldText(text)} 宇`))
      }),
    )
  })

  test('every word asked for begins one of the words', () => {
    expect(haveWords(['green', 'tea'], ['te', 'gr'])).toBe(true)
    expect(haveWords(['green', 'tea'], ['te', 'a'])).toBe(false)
  })
})
