import { TRPCClientError } from '@trpc/client'
import { describe, expect, test } from 'vitest'
import { failed, success } from '#domain/failure.ts'
import type { ImportedOrderWire } from '#protocol/import.ts'
import type { RecordRow } from '../../src/storage/rows.ts'
import type { ApiClient } from '../../src/transport/api-client.ts'
import type { ImportChoices, ImportPreview } from '../../src/worker/api-office.ts'
import { createImporter } from '../../src/worker/importer.ts'
import { prepareSales } from '#import/prepare-sales.ts'
import { sendImport, type ImportToSend } from '../../src/worker/send-import.ts'

const nothingSaid: ImportChoices = { mapping: {}, dateOrder: null, decimalMark: null, storeName: '' }
const plain = 'Date,Time,Store,Item,Quantity,Price,Order ID\n2026-03-02,09:15,Corner,Tea,2,1.50,A-1\n'

describe('reading a file', () => {
  test('answers figures, the first rows and which column was taken for what', async () => {
    const preview = await read(plain)
    expect(preview).toMatchObject({
      shape: 'unknown',
      questions: [],
      rows: 1,
      orders: 1,
      revenueMinor: 300,
      from: '2026-03-02',
      to: '2026-03-02',
      stores: ['Corner'],
      productCount: 1,
      refusedCount: 0,
      sampleRows: [['2026-03-02', '09:15', 'Corner', 'Tea', '2', '1.50', 'A-1']],
    })
    expect(preview.mapping).toMatchObject({ date: 'Date', product: 'Item', unitPrice: 'Price' })
  })

  test('asks what the file leaves open, and reads it as answered', async () => {
    const text = 'Sold on,Item,Qty,Price\n03/04/2024,Tea,1,"1,250"\n'
    expect((await read(text)).questions).toEqual(['mapping'])
    const mapping = { date: 'Sold on', product: 'Item', quantity: 'Qty', unitPrice: 'Price' }
    const mapped = { ...nothingSaid, mapping }
    const asked = await read(text, mapped)
    expect(asked).toMatchObject({
      questions: ['date-order', 'decimal-mark', 'store-name'],
      orders: 0,
      rows: 1,
    })
    const answers = { ...mapped, decimalMark: ',', storeName: 'Corner' } as const
    expect(await read(text, { ...answers, dateOrder: 'dmy' })).toMatchObject({
      questions: [],
      from: '2024-04-03',
      revenueMinor: 125,
      stores: ['Corner'],
    })
    expect(await read(text, { ...answers, dateOrder: 'mdy', decimalMark: '.' })).toMatchObject({
      from: '2024-03-04',
      revenueMinor: 125_000,
    })
  })

  test('lists refused rows with reasons, and gives all of them as CSV', async () => {
    const importer = createImporter({ store: aStore, api: noApi })
    const text = `${plain}2026-02-30,09:15,Corner,Tea,1,1.50,A-2\n`
    const preview = await importer.readImport({ name: 'x.csv', bytes: bytesOf(text) }, nothingSaid)
    expect(preview).toMatchObject({ ok: true, value: { refusedCount: 1, refused: [{ row: 3 }] } })
    expect(await importer.refusedRows()).toContain('2026-02-30,09:15,Corner,Tea,1,1.50,A-2,3,')
  })

  test('a device without stores, and a file that is none, are failures', async () => {
    const empty = createImporter({ store: { listRecords: async () => [] }, api: noApi })
    expect(await empty.readImport({ name: 'x.csv', bytes: bytesOf(plain) }, nothingSaid)).toMatchObject({
      ok: false,
      failure: { code: 'import/no-store' },
    })
    const importer = createImporter({ store: aStore, api: noApi })
    expect(
      await importer.readImport({ name: 'x.csv', bytes: new ArrayBuffer(0) }, nothingSaid),
    ).toMatchObject({
      ok: false,
      failure: { code: 'import/file-empty' },
    })
    expect(await importer.runImport(() => undefined)).toMatchObject({
      ok: false,
      failure: { code: 'import/nothing-read' },
    })
  })
})

describe('sending', () => {
  test('goes in pieces, tells how far it is, and counts what was taken and known', async () => {
    const office = fakeOffice()
    const told: [number, number][] = []
    const sent = await send(office, 2_300, { progress: (...at) => told.push(at) })
    expect(office.pieces()).toEqual([1_000, 1_000, 300])
    expect(told).toEqual([
      [0, 2_300],
      [1_000, 2_300],
      [2_000, 2_300],
      [2_300, 2_300],
    ])
    expect(sent).toMatchObject({
      ok: true,
      value: { ordersTaken: 2_300, ordersKnown: 0, wasCancelled: false },
    })
    expect(office.state()).toBe('done')
    expect(await send(office, 2_300)).toMatchObject({
      ok: true,
      value: { ordersTaken: 0, ordersKnown: 2_300 },
    })
  })

  test('[P6] a piece whose answer is lost is sent again, and nothing counts twice', async () => {
    const office = fakeOffice({ loseAnswers: [1, 2, 4] })
    const sent = await send(office, 2_300)
    expect(sent).toMatchObject({ ok: true, value: { ordersTaken: 2_300, ordersKnown: 0 } })
    expect(office.held()).toBe(2_300)
    expect(office.pieces()).toHaveLength(6)
  })

  test('[P6] without a network it gives up after six tries; a refusal is not tried again', async () => {
    const away = fakeOffice({ loseAnswers: [1, 2, 3, 4, 5, 6, 7, 8] })
    expect(await send(away, 10)).toMatchObject({ ok: false, failure: { code: 'network/unreachable' } })
    expect(away.pieces()).toHaveLength(6)
    const ended = fakeOffice({ refuses: true })
    expect(await send(ended, 10)).toMatchObject({ ok: false, failure: { code: 'import/not-running' } })
    expect(ended.pieces()).toHaveLength(1)
  })

  test('cancelling ends it after the piece under way, and says so to the other side', async () => {
    const office = fakeOffice()
    const cancelling = new AbortController()
    const sent = await send(office, 5_000, {
      cancelled: cancelling.signal,
      progress: (done) => done >= 2_000 && cancelling.abort(),
    })
    expect(sent).toMatchObject({ ok: true, value: { wasCancelled: true, ordersTaken: 2_000 } })
    expect([office.held(), office.state()]).toEqual([2_000, 'cancelled'])
  })

  test('cancelling also ends the waiting for a network', async () => {
    const office = fakeOffice({ loseAnswers: [1, 2, 3, 4, 5, 6] })
    const cancelling = new AbortController()
    const sent = await send(office, 10, {
      cancelled: cancelling.signal,
      delayMs: () => {
        cancelling.abort()
        return 600_000
      },
    })
    expect(sent).toMatchObject({ ok: true, value: { wasCancelled: true } })
    expect(office.pieces()).toHaveLength(1)
  })

  test('orders with very many lines go in smaller pieces', async () => {
    const office = fakeOffice()
    await send(office, 100, {}, 90)
    expect(office.pieces()).toEqual([44, 44, 12])
  })
})

const aStore = {
  listRecords: async () => [
    {
      kind: 'store',
      id: 's-1',
      v: 1,
      doc: {
        storeId: 's-1',
        name: 'Main Street',
        address: '',
        timeZone: 'America/New_York',
        receiptFooter: '',
        pricing: {
          currency: { code: 'USD', exponent: 2, cashStepMinor: 1 },
          taxMode: 'exclusive',
          taxRounding: 'line',
        },
      },
    } as unknown as RecordRow,
  ],
}

const noApi = {} as ApiClient

function bytesOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer
}

async function read(text: string, choices: ImportChoices = nothingSaid): Promise<ImportPreview> {
  const importer = createImporter({ store: aStore, api: noApi })
  const answer = await importer.readImport({ name: 'sales.csv', bytes: bytesOf(text) }, choices)
  if (!answer.ok) throw new Error(answer.failure.sentence)
  return answer.value
}

function send(office: FakeOffice, orders: number, how: Partial<ImportToSend> = {}, linesEach = 1) {
  const rows = Array.from({ length: orders * linesEach }, (_, index) => {
    const order = Math.floor(index / linesEach)
    return `2026-03-02,09:15,Corner,Tea ${index % linesEach},1,1.50,A-${order}`
  })
  const text = ['Date,Time,Store,Item,Quantity,Price,Order ID', ...rows].join('\n')
  const prepared = prepareSales(
    { name: 'x.csv', bytes: new TextEncoder().encode(text) },
    {
      mapping: null,
      dateOrder: null,
      decimalMark: null,
      fallbackStoreName: '',
      storeTimeZone: 'UTC',
      currency: { exponent: 2 },
    },
  )
  if (!prepared.ok || !prepared.value.sales) throw new Error('the sample is not read')
  return sendImport(office.api, {
    fileName: 'x.csv',
    source: 'unknown',
    sales: prepared.value.sales,
    progress: () => undefined,
    cancelled: new AbortController().signal,
    delayMs: () => 0,
    ...how,
  })
}

type FakeOffice = ReturnType<typeof fakeOffice>

/** Keeps orders by id as the real one does; the answers to the given appends (from 1) get lost after the work is done. */
function fakeOffice({
  loseAnswers = [],
  refuses = false,
}: { loseAnswers?: number[]; refuses?: boolean } = {}) {
  const held = new Map<string, string>()
  const pieces: number[] = []
  let imports = 0
  let state = ''
  const append = async ({ importId, orders }: { importId: string; orders: ImportedOrderWire[] }) => {
    pieces.push(orders.length)
    if (refuses) return failed('import/not-running', 'It is over.', 'Start again.')
    for (const { externalId } of orders) if (!held.has(externalId)) held.set(externalId, importId)
    if (loseAnswers.includes(pieces.length)) throw new TRPCClientError('socket hang up')
    const taken = orders.filter(({ externalId }) => held.get(externalId) === importId).length
    return success({ taken, known: orders.length - taken })
  }
  const api = {
    import: {
      begin: { mutate: async () => success({ importId: `import-${(imports += 1)}` }) },
      append: { mutate: append },
      end: {
        mutate: async ({ wasCancelled }: { wasCancelled: boolean }) => {
          state = wasCancelled ? 'cancelled' : 'done'
          return success(null)
        },
      },
    },
  } as unknown as ApiClient
  return { api, pieces: () => pieces, held: () => held.size, state: () => state }
}
