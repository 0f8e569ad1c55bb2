import { bareAmount } from './decimal.ts'
import type { DecimalMark } from './decimal.ts'
import { settle } from './column-evidence.ts'
import type { ColumnChoice } from './column-evidence.ts'

/**
 * Which mark the amounts of a file use for decimals, decided over all its amounts together. `1,234` and `1.234` alone
 * say nothing; when every amount is like that, or amounts speak for both, it is ambiguous and a person must say.
 */
export function decideDecimalMark(columns: Iterable<Iterable<string>>): ColumnChoice<DecimalMark> {
  const forPoint = new Set<string>()
  const forComma = new Set<string>()
  const unclear = new Set<string>()
  let pointCount = 0
  let commaCount = 0
  for (const column of columns)
    for (const text of column) {
      const evidence = evidenceOf(text)
      if (evidence === '.') {
        pointCount++
        remember(forPoint, text)
      } else if (evidence === ',') {
        commaCount++
        remember(forComma, text)
      } else if (evidence === 'unclear') remember(unclear, text)
    }
  return settle(
    { value: '.', count: pointCount, examples: [...forPoint] },
    { value: ',', count: commaCount, examples: [...forComma] },
    [...unclear],
    '.',
  )
}

function evidenceOf(text: string): DecimalMark | 'unclear' | null {
  if (/^\s*[-(]?\s*\d*\s*$/.test(text)) return null
  const digits = bareAmount(text)?.digits
  if (digits === undefined) return null
  const points = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (points === 0 && commas === 0) return null
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  const mark = points > 0 ? '.' : ','
  if (points + commas > 1) return mark === '.' ? ',' : '.'
  const [whole = '', fraction = ''] = digits.split(mark)
  const couldBeGroup = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole)
  return couldBeGroup ? 'unclear' : mark
}

const mostExamples = 3

function remember(examples: Set<string>, text: string): void {
  if (examples.size < mostExamples) examples.add(text.trim())
}
