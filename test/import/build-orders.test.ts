import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildOrders } from '../../src/import/build-orders.ts'
import type { ImportOptions } from '../../src/import/build-orders.ts'
import type { ColumnMapping } from '../../src/import/column-mapping.ts'
import { decodeFile } from '../../src/import/decode-file.ts'
import type { ImportedOrder } from '../../src/import/imported-order.ts'
import { readTable } from '../../src/import/read-table.ts'
import type { Table } from '../../src/import/read-table.ts'
import { refusedCsv } from '../../src/import/refused-csv.ts'

const plain: ImportOptions = {
  storeTimeZone: 'America/New_York',
  currency: { exponent: 2 },
  fallbackStoreName: 'Corner',
  dateOrder: null,
  decimalMark: null,
}

function tableOf(text: string): Table {
  const read = readTable(text)
  if (!read.ok) throw new Error(read.failure.sentence)
  return read.value
}

function fixture(name: string): Table {
  const decoded = decodeFile(readFileSync(new URL(`../fixtures/import/${name}`, import.meta.url)), name)
  if (!decoded.ok) throw new Error(decoded.failure.sentence)
  return tableOf(decoded.value.text)
}

function built(table: Table, mapping: ColumnMapping, options: Partial<ImportOptions> = {}) {
  const outcome = buildOrders(table, mapping, { ...plain, ...options })
  if (!outcome.ok) throw new Error(outcome.failure.sentence)
  return outcome.value
}

const simple: ColumnMapping = { date: 'Date', product: 'Item', quantity: 'Qty', unitPrice: 'Price' }
const troubles: ColumnMapping = { ...simple, time: 'Time', transactionId: 'Order', barcode: 'Barcode' }

describe('buildOrders', () => {
  test('reads day-first dates, decimal commas and Windows-1252 without being told', () => {
    const { orders, refused } = built(fixture('day-first-windows-1252.csv'), {
      ...{ date: 'Datum', time: 'Uhrzeit', transactionId: 'Beleg', product: 'Artikel', quantity: 'Menge' },
      ...{ unitPrice: 'Einzelpreis', total: 'Betrag', tender: 'Zahlart' },
    })
    expect(refused).toEqual([])
    expect(orders.map((order) => [order.businessDay, order.tender, order.totals.totalMinor])).toEqual([
      ['2024-02-03', 'cash', 700],
      ['2024-02-25', 'card', 123450],
    ])
    expect(orders[0]?.lines[0]?.productName).toBe('Café crème')
  })

  test('reads a file without times and says where it put its sales', () => {
    const { orders, summary } = built(fixture('tabs-utf-16le.csv'), simple)
    expect(orders.map((order) => order.businessHour)).toEqual([12, 12])
    expect(summary.warnings).toMatchObject([{ code: 'import/no-times', count: 2, rows: [2, 3] }])
  })

  test('puts rows of one transaction together, and refunds into negative orders of their own', () => {
    const { orders, summary } = built(fixture('negatives.csv'), {
      ...{
        dateTime: 'Sold at',
        transactionId: 'Order ID',
        eventType: 'Event type',
        product: 'Item',
        quantity: 'Qty',
      },
      ...{ gross: 'Gross', discount: 'Discount', net: 'Net', tax: 'Tax' },
    })
    const rows = orders.map((order) => [
      order.externalId,
      order.refundOfExternalId,
      order.lines.length,
      order.totals,
    ])
    expect(rows).toEqual([
      [
        'a1',
        null,
        2,
        { grossMinor: 121200, discountMinor: 200, netMinor: 121000, taxMinor: 9983, totalMinor: 130983 },
      ],
      [
        'a1:refund',
        'a1',
        1,
        { grossMinor: -1200, discountMinor: -200, netMinor: -1000, taxMinor: -83, totalMinor: -1083 },
      ],
      [
        'a2:refund',
        null,
        1,
        { grossMinor: -60000, discountMinor: 0, netMinor: -60000, taxMinor: -4950, totalMinor: -64950 },
      ],
      [
        'a3:refund',
        null,
        1,
        { grossMinor: -1200, discountMinor: 0, netMinor: -1200, taxMinor: -99, totalMinor: -1299 },
      ],
    ])
    expect(orders.map((order) => [order.businessDay, order.businessHour])).toEqual([
      ['2024-05-04', 23],
      ['2024-05-05', 0],
      ['2024-05-05', 9],
      ['2024-05-05', 9],
    ])
    expect(summary).toMatchObject({ orders: 4, refunds: 3, quantityMilli: 0, warnings: [] })
  })

  test('refuses each bad row with its reason and takes all others', () => {
    const { orders, refused, summary } = built(fixture('troubles.csv'), troubles)
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [3, 'import/barcode-damaged'],
      [4, 'import/date-impossible'],
      [5, 'import/time-unreadable'],
      [6, 'import/quantity-zero'],
      [7, 'import/product-empty'],
      [8, 'import/amount-unreadable'],
      [9, 'import/quantity-missing'],
      [10, 'import/row-uneven'],
      [12, 'import/quote-damaged'],
      [13, 'import/row-uneven'],
      [15, 'import/number-damaged'],
    ])
    expect(orders).toHaveLength(4)
    expect(summary).toMatchObject({ rows: 15, rowsTaken: 4, rowsRefused: 11, netMinor: 4 * 310 })
    expect(refused[0]?.reason).toBe(
      'Barcode “7.48E+11” was cut short by a spreadsheet: its last digits are lost. The other rows of this order were taken.',
    )
    expect(refused[1]?.reason).toBe('“2024-02-30” is not a date of the calendar.')
  })

  test('gives rows without a transaction id the same ids in every import, equal rows too', () => {
    const table = fixture('troubles.csv')
    const ids = built(table, troubles).orders.map((order) => order.externalId)
    expect(new Set(ids).size).toBe(4)
    expect(ids.filter((id) => id.startsWith('row-'))).toHaveLength(2)
    expect(built(table, troubles).orders.map((order) => order.externalId)).toEqual(ids)
  })

  test('asks for the order of dates when no date tells, and reads by the answer', () => {
    const table = tableOf('Date,Item,Qty,Price\n1/5/2019,Tea,1,2.00\n3/8/2019,Tea,1,2.00\n')
    const outcome = buildOrders(table, simple, plain)
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'import/date-order-unclear' },
      questions: [{ kind: 'date-order', examples: ['1/5/2019', '3/8/2019'] }],
    })
    expect(built(table, simple, { dateOrder: 'mdy' }).summary).toMatchObject({ firstDay: '2019-01-05' })
    expect(built(table, simple, { dateOrder: 'dmy' }).summary).toMatchObject({ firstDay: '2019-05-01' })
  })

  test('lets the dates decide against a wrong answer', () => {
    const table = tableOf('Date,Item,Qty,Price\n1/5/2019,Tea,1,2.00\n1/25/2019,Tea,1,2.00\n')
    expect(built(table, simple, { dateOrder: 'dmy' }).summary).toMatchObject({
      firstDay: '2019-01-05',
      rowsRefused: 0,
    })
  })

  test('asks for the decimal mark and for the store, all at once', () => {
    const table = tableOf('Date,Item,Qty,Price\n2024-01-05,Tea,1,"1,234"\n')
    const outcome = buildOrders(table, simple, { ...plain, fallbackStoreName: ' ' })
    expect(!outcome.ok && outcome.questions).toEqual([
      { kind: 'decimal-mark', examples: ['1,234'] },
      { kind: 'store-name', examples: [] },
    ])
    expect(built(table, simple, { decimalMark: ',' }).summary.netMinor).toBe(123)
    expect(built(table, simple, { decimalMark: '.' }).summary.netMinor).toBe(123400)
  })

  test('places instants with an offset on the store’s own clock', () => {
    const table = tableOf('When,Item,Total\n2026-01-01T03:30:00Z,Tea,2.00\n')
    const { orders } = built(table, { dateTime: 'When', product: 'Item', total: 'Total' })
    expect(orders[0]).toMatchObject({
      businessDay: '2025-12-31',
      businessHour: 22,
      occurredAt: Date.UTC(2026, 0, 1, 3, 30),
    })
  })

  test('keeps products apart that differ in letters or blanks', () => {
    const table = tableOf('Date,Item,Total\n2024-01-01,Tea,1\n2024-01-01,tea,1\n2024-01-01,Tea ,1\n')
    const { products } = built(table, { date: 'Date', product: 'Item', total: 'Total' })
    expect(products.map((product) => product.productKey)).toEqual(['Tea', 'Tea ', 'tea'])
  })

  test('receipt numbers that start again each day stay different sales', () => {
    const table = tableOf('Date,No,Item,Total\n2024-01-01,1,A,1\n2024-01-01,1,B,1\n2024-01-02,1,C,1\n')
    const { orders } = built(table, { date: 'Date', receiptNumber: 'No', product: 'Item', total: 'Total' })
    expect(orders.map((order) => order.lines.length)).toEqual([2, 1])
  })

  test('any order of the rows gives the same set of orders', () => {
    const row = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      id: fc.constantFrom('', '1', '2', '3'),
      item: fc.constantFrom('Tea', 'tea', 'Bun'),
      quantity: fc.constantFrom('1', '2', '-1', '0'),
      tender: fc.constantFrom('Cash', 'Visa'),
    })
    const shuffled = fc
      .array(row, { minLength: 1, maxLength: 12 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })))
    const mapping: ColumnMapping = { ...simple, time: 'Time', transactionId: 'Id', tender: 'Paid' }
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const [left, right] = [rows, others].map((order) => {
          const lines = order.map(
            ({ day, hour, id, item, quantity, tender }) =>
              `2024-01-${String(day).padStart(2, '0')},${hour}:00,${id},${item},${quantity},1.50,${tender}`,
          )
          return built(tableOf(['Date,Time,Id,Item,Qty,Price,Paid', ...lines].join('\n')), mapping)
        })
        expect(right?.orders.map(withSortedLines)).toEqual(left?.orders.map(withSortedLines))
        expect(right?.summary.rowsRefused).toBe(left?.summary.rowsRefused)
      }),
    )
  })
})

function withSortedLines(order: ImportedOrder) {
  return { ...order, lines: order.lines.map((line) => JSON.stringify(line)).sort() }
}

describe('refusedCsv', () => {
  test('gives the file’s own columns with row and reason, which can be read again', () => {
    const table = fixture('troubles.csv')
    const { refused } = built(table, troubles)
    const again = tableOf(refusedCsv(refused, table.header))
    expect(again.header).toEqual([...table.header, 'Row', 'Reason'])
    expect(again.rows[0]).toEqual([
      ...['2024-05-04', '09:00', '1', 'Butter', '1', '2.40', '7.48E+11', '3'],
      refused[0]?.reason,
    ])
    expect(again.rows.length).toBe(refused.length)
  })

  test('keeps our reason from running as a formula and leaves the file’s cells alone', () => {
    const text = refusedCsv([{ row: 2, code: 'x', reason: '=1+1', cells: ['=A1', 'b'] }], ['One', 'Two'])
    expect(text).toBe("One,Two,Row,Reason\r\n=A1,b,2,'=1+1\r\n")
  })
})
