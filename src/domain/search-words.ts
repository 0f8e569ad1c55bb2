/** Lower case, without accents, so that "cafe" finds "Café". */
export function foldText(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
}

/** The words of a text as a search compares them: without accents and cases. */
export function wordsOf(text: string): readonly string[] {
  return wordsOfFolded(foldText(text))
}

export function wordsOfFolded(folded: string): readonly string[] {
  const words = isPlain.test(folded) ? folded.split(/[^a-z0-9]+/) : folded.split(/[^\p{L}\p{N}]+/u)
  return words.filter((word) => word !== '')
}

/** Every word asked for begins one of the words. */
export function haveWords(words: readonly string[], asked: readonly string[]): boolean {
  return asked.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

/** ASCII but for ^ and `, which count as accents. Most texts are plain, and the long way takes many times as long. */
const isPlain = /^[\x20-\x5d\x5f\x61-\x7e]*$/
