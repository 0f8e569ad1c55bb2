import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/import/read-table.ts'
import type { Table } from '../../src/import/read-table.ts'

function table(text: string): Table {
  const outcome = readTable(text)
  if (!outcome.ok) throw new Error(outcome.failure.sentence)
  return outcome.value
}

describe('readTable', () => {
  test.each([',', ';', '\t', '|'])('finds the separator %j', (separator) => {
    const text = ['Date', 'Item', 'Price'].join(separator) + '\n' + ['1/2/2024', 'Tea', '3'].join(separator)
    expect(table(text)).toMatchObject({
      separator,
      header: ['Date', 'Item', 'Price'],
      rows: [['1/2/2024', 'Tea', '3']],
    })
  })

  test('is not misled by decimal commas between semicolons', () => {
    expect(table('a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n').separator).toBe(';')
  })

  test('obeys a separator that the file announces', () => {
    expect(table('sep=;\na;b,c\n1;2\n')).toMatchObject({ separator: ';', headerRow: 2, header: ['a', 'b,c'] })
  })

  test('reads quoted separators, quotation marks and line breaks, and any line end', () => {
    const text = 'a,b\r\n"x, ""y""","two\r\nlines"\r\n"",plain 5" mark\r\n'
    expect(table(text).rows).toEqual([
      ['x, "y"', 'two\nlines'],
      ['', 'plain 5" mark'],
    ])
    expect(table('a,b\r1,2\r').rows).toEqual([['1', '2']])
  })

  test('counts rows as a spreadsheet does and keeps uneven ones with a reason', () => {
    const found = table('\na,b\n1,2\n\n1\n1,2,3\n')
    expect(found.headerRow).toBe(2)
    expect(found.rows).toEqual([['1', '2'], [], ['1'], ['1', '2', '3']])
    expect(found.defects).toEqual([
      { row: 5, code: 'import/row-uneven', reason: 'The row has 1 cells, the header has 2.' },
      { row: 6, code: 'import/row-uneven', reason: 'The row has 3 cells, the header has 2.' },
    ])
  })

  test('loses only the line of a quotation mark that is not closed', () => {
    const found = table('a,b\n"x,1\ny,2\n"z" z,3\n"w",4\n')
    expect(found.rows).toEqual([
      ['"x', '1'],
      ['y', '2'],
      ['"z" z', '3'],
      ['w', '4'],
    ])
    expect(found.defects.map(({ row, code }) => [row, code])).toEqual([
      [2, 'import/quote-damaged'],
      [4, 'import/quote-damaged'],
    ])
  })

  test('minds no separator at the end of every row, but one at the end of some', () => {
    expect(table('a,b\n1,2,\n3,4,\n').defects).toEqual([])
    expect(table('a,b\n1,2,\n3,4\n').defects).toHaveLength(1)
  })

  test('says so when there is nothing in the file', () => {
    expect(readTable('\n \n').ok).toBe(false)
  })

  test('reads back any cells that were written as RFC 4180', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', ';') })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const quoted = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
        expect(table(`one,two,three\n${quoted.join('\n')}\n`).rows).toEqual(rows)
      }),
    )
  })
})
