import { salesReport } from '#domain/sales-report.ts'
import type { SalesQuery, SalesReport } from '#domain/report.ts'
import type { Segment } from '#domain/rollups.ts'
import type { RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import { createReportStore } from '../../../server/database/sales-report.ts'
import type { Database } from '../../../server/database/pool.ts'
import { readSales, takeSales } from '../../../server/import/import-sales.ts'
import type { FileChoices, TakenSales } from '../../../server/import/import-sales.ts'
import type { InstallState } from '../../../server/use-cases/ports.ts'
import { readingOf, readWholeLoad } from '../reading-device.ts'

/** What an office device holds after its first load. */
export type LoadedDevice = {
  readonly segments: readonly Segment[]
  names<Kind extends RecordKind>(kind: Kind): Map<string, RecordDocuments[Kind]>
  report(query: SalesQuery): SalesReport
}

export const sayNothing: FileChoices = {
  map: null,
  timeZone: null,
  dateOrder: null,
  decimalMark: null,
  storeName: '',
}

/** What `npm run import -- sales` does between reading the file and its words on the terminal. */
export async function importFile(
  database: Database,
  tenantId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
  choices: Partial<FileChoices> = {},
  watch: Parameters<typeof takeSales>[4] = {},
): Promise<TakenSales & { readonly refused: readonly { row: number; code: string; reason: string }[] }> {
  const read = await readSales(database, tenantId, file, { ...sayNothing, ...choices })
  if (!read.ok) throw new Error(read.failure.sentence)
  const { sales, shape } = read.value
  if (!sales) throw new Error(JSON.stringify(read.value.questions))
  const taken = await takeSales(
    database,
    tenantId,
    { fileName: file.name, source: shape, rowsRefused: sales.summary.rowsRefused },
    sales.orders,
    watch,
  )
  if (!taken.ok) throw new Error(taken.failure.sentence)
  return { ...taken.value, refused: sales.refused }
}

export function serverReport(database: Database, tenantId: string, query: SalesQuery): Promise<SalesReport> {
  return createReportStore(database).salesReport(tenantId, query)
}

/** Loads as a manager's device does, page by page. */
export async function loadDevice(database: Database, tenantId: string): Promise<LoadedDevice> {
  const segments: Segment[] = []
  const records = new Map<string, Map<string, unknown>>()
  for (const page of await readWholeLoad(readingOf(database), anOffice(tenantId))) {
    segments.push(...page.segments)
    for (const { kind, id, isDeleted, doc } of page.records) {
      if (!records.has(kind)) records.set(kind, new Map())
      if (!isDeleted) records.get(kind)!.set(id, doc)
    }
  }
  return {
    segments,
    names: <Kind extends RecordKind>(kind: Kind) =>
      (records.get(kind) ?? new Map()) as Map<string, RecordDocuments[Kind]>,
    report: (query) => salesReport(query, segments, []),
  }
}

function anOffice(tenantId: string): InstallState {
  return {
    tenantId,
    installId: crypto.randomUUID(),
    kind: 'office',
    storeId: null,
    registerId: null,
  } as InstallState
}
