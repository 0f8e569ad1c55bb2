import type { Store as ShopStore } from '#domain/catalogue.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import type { ColumnMapping } from '#import/column-mapping.ts'
import type { ImportedSales } from '#import/imported-order.ts'
import { prepareSales, type PreparedSales } from '#import/prepare-sales.ts'
import { refusedCsv } from '#import/refused-csv.ts'
import type { RecordRow } from '../storage/rows.ts'
import type { ApiClient } from '../transport/api-client.ts'
import { callForValue } from '../transport/call.ts'
import type { DeviceApi } from './api.ts'
import type { ImportChoices, ImportPreview } from './api-office.ts'
import { persistently } from './persistently.ts'
import { sendImport } from './send-import.ts'

export type Importer = Pick<
  DeviceApi,
  'readImport' | 'runImport' | 'cancelImport' | 'refusedRows' | 'imports' | 'undoImport'
>

/** What an import needs of src/storage: the stores, for currency and time zone. */
type ImporterStore = { listRecords(): Promise<readonly RecordRow[]> }

type Prepared = { readonly fileName: string; readonly of: PreparedSales }

const sampleRowCount = 8
const refusedRowsShown = 200

/** Reads an export in this worker, keeps what was read, and sends it in pieces when told to. */
export function createImporter({
  store,
  api,
}: {
  readonly store: ImporterStore
  readonly api: ApiClient
}): Importer {
  let prepared: Prepared | null = null
  let running: AbortController | null = null

  return {
    readImport: async (file, choices) => {
      prepared = null
      const model = oldestStore(await store.listRecords())
      if (model === null) return notLoaded
      const mapping = choices.mapping as ColumnMapping
      const read = prepareSales(
        { name: file.name, bytes: new Uint8Array(file.bytes) },
        {
          mapping: Object.keys(mapping).length > 0 ? () => success(mapping) : null,
          dateOrder: choices.dateOrder,
          decimalMark: choices.decimalMark,
          fallbackStoreName: choices.storeName,
          storeTimeZone: model.timeZone,
          currency: model.pricing.currency,
        },
      )
      if (!read.ok) return read
      prepared = { fileName: file.name, of: read.value }
      return success(previewOf(read.value, choices))
    },

    runImport: async (progress) => {
      if (running) return alreadyRunning
      const sales = prepared?.of.sales
      if (!prepared || !sales) return nothingRead
      running = new AbortController()
      try {
        return await sendImport(api, {
          fileName: prepared.fileName,
          source: prepared.of.shape,
          sales,
          progress,
          cancelled: running.signal,
        })
      } finally {
        running = null
      }
    },

    cancelImport: async () => running?.abort(),
    refusedRows: async () => {
      const header = prepared?.of.table.header ?? []
      return refusedCsv(prepared?.of.sales?.refused ?? [], header)
    },
    imports: () => callForValue(() => api.import.list.query()),
    // Undoing goes in pieces and takes up where it was: a long one outlasts a request.
    undoImport: async (importId) => {
      const undone = await persistently(() => api.import.undo.mutate({ importId }), { mostTries: 3 })
      return undone === 'stopped' ? success(null) : undone
    },
  }
}

/** The one that the server takes currency and time zone from for stores it makes: ids sort by time. */
function oldestStore(records: readonly RecordRow[]): ShopStore | null {
  const stores = records.flatMap((row) => (row.kind === 'store' && row.doc ? [row.doc] : []))
  return stores.toSorted((one, other) => (one.storeId < other.storeId ? -1 : 1))[0] ?? null
}

function previewOf(
  { table, shape, mapping, questions, sales }: PreparedSales,
  choices: ImportChoices,
): ImportPreview {
  const { header } = table
  return {
    shape,
    header,
    sampleRows: sampleRowsOf(table.rows, header.length),
    mapping: mapping as ImportPreview['mapping'],
    questions: questions.map(({ kind }) => kind),
    ...(sales
      ? figuresOf(sales)
      : { ...noFigures, rows: countFilled(table.rows), stores: namedStore(choices) }),
  }
}

function figuresOf({ summary, refused, stores, products }: ImportedSales) {
  return {
    rows: summary.rows,
    orders: summary.orders,
    revenueMinor: summary.netMinor,
    from: summary.firstDay,
    to: summary.lastDay,
    stores: stores.map(({ storeName }) => storeName),
    productCount: products.length,
    refused: refused.slice(0, refusedRowsShown).map(({ row, reason }) => ({ row, reason })),
    refusedCount: summary.rowsRefused,
    warnings: summary.warnings.map(({ sentence, count, rows }) => `${sentence} ${whereWords(count, rows)}`),
  }
}

const noFigures = {
  orders: 0,
  revenueMinor: 0,
  from: null,
  to: null,
  productCount: 0,
  refused: [],
  refusedCount: 0,
  warnings: [],
}

function namedStore({ storeName }: ImportChoices): string[] {
  return storeName.trim() === '' ? [] : [storeName.trim()]
}

function whereWords(count: number, rows: readonly number[]): string {
  const more = count - rows.length
  return `${count === 1 ? 'Row' : 'Rows'} ${rows.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

/** Rows with an unusual number of cells are shown as wide as the header. */
function sampleRowsOf(rows: PreparedSales['table']['rows'], width: number): string[][] {
  const samples: string[][] = []
  for (const cells of rows) {
    if (samples.length === sampleRowCount) break
    if (cells.length > 0) samples.push(Array.from({ length: width }, (_, index) => cells[index] ?? ''))
  }
  return samples
}

function countFilled(rows: PreparedSales['table']['rows']): number {
  return rows.reduce((count, cells) => (cells.some((cell) => cell.trim() !== '') ? count + 1 : count), 0)
}

const notLoaded: Result<never> = failed(
  'import/no-store',
  'This device does not know your stores yet.',
  'Wait until it has loaded, or join it to your shop first.',
)

const nothingRead: Result<never> = failed(
  'import/nothing-read',
  'There is no file to import.',
  'Choose the file and answer what is asked.',
)

const alreadyRunning: Result<never> = failed(
  'import/running',
  'An import is running already in this tab.',
  'Wait until it is done, or cancel it.',
)
