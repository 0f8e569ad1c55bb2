import { daysBetween, eachDay, monthOf, weekdayOf, weekStartOf } from './business-time.ts'
import type { TenderKind } from './order.ts'
import { createRanking, type Ranking } from './ranking.ts'
import type {
  DayRange,
  Granularity,
  RankedRow,
  SalesQuery,
  SalesReport,
  SeriesPoint,
  TenderRow,
} from './report.ts'
import type { SalesCells, SalesFigures, Segment } from './rollups.ts'

/** Sums of one store that are in no segment yet: the device's own sales, above what the segments include. */
export type OwnSales = { readonly storeId: string; readonly cells: SalesCells }

/**
 * The standard sales report ([D1], [D2]) of segments plus own sales. Amounts in minor units. Segments of stores and
 * months outside the query are not read. Products and categories have `orders` 0: rollups don't keep which order a
 * product was in. An id whose sums all come to 0, as after an import was undone, has no row.
 */
export function salesReport(
  query: SalesQuery,
  segments: readonly Segment[],
  own: readonly OwnSales[],
): SalesReport {
  const isAsked = storeFilter(query.storeIds)
  const mine = segments.filter((segment) => isAsked(segment.storeId))
  const myOwn = own.filter((sales) => isAsked(sales.storeId))
  const sums = sumPeriod(query.range, query.granularity, mine, myOwn)
  const before = query.compareWith && sumPeriod(query.compareWith, query.granularity, mine, myOwn)
  return {
    query,
    figures: figuresAt(sums.figures, 0),
    previous: before && figuresAt(before.figures, 0),
    series: seriesOf(sums),
    previousSeries: before ? seriesOf(before) : [],
    heat: Array.from({ length: 7 }, (_, weekday) => [...sums.heat.subarray(weekday * 24, weekday * 24 + 24)]),
    products: rowsOf(sums.products, before?.products),
    categories: rowsOf(sums.categories, before?.categories),
    stores: rowsOf(sums.stores, before?.stores),
    registers: rowsOf(sums.registers, before?.registers),
    tenders: tenderRows(sums.tenders),
  }
}

/** Columns of the hour table in the order in which they stand in every accumulator. */
const columns = [
  'orders',
  'refunds',
  'unitsMilli',
  'grossMinor',
  'discountMinor',
  'netMinor',
  'taxMinor',
  'refundMinor',
] as const satisfies readonly (keyof SalesFigures)[]

const width = columns.length

type Sums = {
  readonly firstDay: string
  readonly firstWeekday: number
  readonly days: number
  readonly keys: readonly string[]
  /** Place in the series per day of the range; null when the hour decides. */
  readonly placeOfDay: Int32Array | null
  readonly figures: Float64Array
  readonly series: Float64Array
  readonly heat: Float64Array
  readonly products: Ranking
  readonly categories: Ranking
  readonly stores: Ranking
  readonly registers: Ranking
  readonly tenders: Map<TenderKind, { payments: number; amountMinor: number }>
}

function sumPeriod(
  range: DayRange,
  granularity: Granularity,
  segments: readonly Segment[],
  own: readonly OwnSales[],
): Sums {
  const sums = emptySums(range, granularity)
  const firstMonth = monthOf(range.from)
  const lastMonth = monthOf(range.to)
  for (const segment of segments)
    if (segment.month >= firstMonth && segment.month <= lastMonth) addSegment(sums, segment)
  for (const sales of own) addOwn(sums, sales)
  return sums
}

function emptySums(range: DayRange, granularity: Granularity): Sums {
  const { keys, placeOfDay } = seriesKeys(range, granularity)
  return {
    firstDay: range.from,
    firstWeekday: weekdayOf(range.from),
    days: Math.max(0, daysBetween(range.from, range.to) + 1),
    keys,
    placeOfDay,
    figures: new Float64Array(width),
    series: new Float64Array(keys.length * width),
    heat: new Float64Array(7 * 24),
    products: createRanking(),
    categories: createRanking(),
    stores: createRanking(),
    registers: createRanking(),
    tenders: new Map(),
  }
}

function seriesKeys(range: DayRange, granularity: Granularity) {
  if (granularity === 'hour') {
    return { keys: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')), placeOfDay: null }
  }
  const keyOf = { day: (day: string) => day, week: weekStartOf, month: monthOf }[granularity]
  const keys: string[] = []
  const placeOfDay = Int32Array.from(eachDay(range.from, range.to), (day) => {
    const key = keyOf(day)
    if (keys.at(-1) !== key) keys.push(key)
    return keys.length - 1
  })
  return { keys, placeOfDay }
}

function addSegment(sums: Sums, segment: Segment): void {
  const shift = daysBetween(sums.firstDay, `${segment.month}-01`) - 1
  addSegmentHours(sums, segment, shift)
  addSegmentProducts(sums, segment, shift)
  const { day, tender, payments, amountMinor } = segment.tenders
  for (let row = 0; row < day.length; row++) {
    const at = day[row]! + shift
    if (at >= 0 && at < sums.days) addTender(sums, tender[row]!, payments[row]!, amountMinor[row]!)
  }
}

/** `shift` turns a day of the month into a day of the range. */
function addSegmentHours(sums: Sums, segment: Segment, shift: number): void {
  const { day, hour, register } = segment.hours
  const source = columns.map((column) => segment.hours[column])
  const registerSlots = segment.registerIds.map(() => -1)
  const values = new Float64Array(width)
  let storeSlot = -1
  for (let row = 0; row < day.length; row++) {
    const at = day[row]! + shift
    if (at < 0 || at >= sums.days) continue
    for (let column = 0; column < width; column++) values[column] = source[column]![row]!
    const index = register[row]!
    if (registerSlots[index] === -1) registerSlots[index] = sums.registers.slot(segment.registerIds[index]!)
    if (storeSlot === -1) storeSlot = sums.stores.slot(segment.storeId)
    addHour(sums, at, hour[row]!, values, storeSlot, registerSlots[index]!)
  }
}

function addSegmentProducts(sums: Sums, segment: Segment, shift: number): void {
  const { day, product, category, unitsMilli, netMinor } = segment.products
  const productSlots = segment.productIds.map(() => -1)
  const categorySlots = segment.categoryIds.map(() => -1)
  for (let row = 0; row < day.length; row++) {
    const at = day[row]! + shift
    if (at < 0 || at >= sums.days) continue
    const productIndex = product[row]!
    const categoryIndex = category[row]!
    if (productSlots[productIndex] === -1)
      productSlots[productIndex] = sums.products.slot(segment.productIds[productIndex]!)
    if (categorySlots[categoryIndex] === -1)
      categorySlots[categoryIndex] = sums.categories.slot(segment.categoryIds[categoryIndex]!)
    const units = unitsMilli[row]!
    const net = netMinor[row]!
    sums.products.add(productSlots[productIndex]!, net, units, 0)
    sums.categories.add(categorySlots[categoryIndex]!, net, units, 0)
  }
}

function addOwn(sums: Sums, { storeId, cells }: OwnSales): void {
  const values = new Float64Array(width)
  const place = (day: string) => {
    const at = daysBetween(sums.firstDay, day)
    return at >= 0 && at < sums.days ? at : null
  }
  for (const cell of cells.hours) {
    const at = place(cell.day)
    if (at === null) continue
    for (let column = 0; column < width; column++) values[column] = cell[columns[column]!]
    addHour(sums, at, cell.hour, values, sums.stores.slot(storeId), sums.registers.slot(cell.registerId))
  }
  for (const cell of cells.products) {
    if (place(cell.day) === null) continue
    sums.products.add(sums.products.slot(cell.productId), cell.netMinor, cell.unitsMilli, 0)
    sums.categories.add(sums.categories.slot(cell.categoryId), cell.netMinor, cell.unitsMilli, 0)
  }
  for (const cell of cells.tenders) {
    if (place(cell.day) !== null) addTender(sums, cell.tender, cell.payments, cell.amountMinor)
  }
}

function addHour(
  sums: Sums,
  at: number,
  hour: number,
  values: Float64Array,
  storeSlot: number,
  registerSlot: number,
): void {
  const start = (sums.placeOfDay ? sums.placeOfDay[at]! : hour) * width
  for (let column = 0; column < width; column++) {
    sums.figures[column]! += values[column]!
    sums.series[start + column]! += values[column]!
  }
  const orders = values[0]!
  const units = values[2]!
  const net = values[5]!
  sums.heat[((sums.firstWeekday + at) % 7) * 24 + hour]! += net
  sums.stores.add(storeSlot, net, units, orders)
  sums.registers.add(registerSlot, net, units, orders)
}

function addTender(sums: Sums, tender: TenderKind, payments: number, amountMinor: number): void {
  const sum = sums.tenders.get(tender)
  if (!sum) sums.tenders.set(tender, { payments, amountMinor })
  else {
    sum.payments += payments
    sum.amountMinor += amountMinor
  }
}

function storeFilter(storeIds: readonly string[] | null): (storeId: string) => boolean {
  if (storeIds === null) return () => true
  const asked = new Set(storeIds)
  return (storeId) => asked.has(storeId)
}

function figuresAt(values: Float64Array, start: number): SalesFigures {
  const figures = {} as SalesFigures
  for (let column = 0; column < width; column++) figures[columns[column]!] = values[start + column]!
  return figures
}

function seriesOf(sums: Sums): SeriesPoint[] {
  return sums.keys.map((key, place) => ({ key, figures: figuresAt(sums.series, place * width) }))
}

function rowsOf(ranking: Ranking, before: Ranking | undefined): RankedRow[] {
  return ranking
    .rows()
    .filter((row) => row.netMinor !== 0 || row.unitsMilli !== 0 || row.orders !== 0)
    .map((row) => ({ ...row, previousNetMinor: before ? before.netMinorOf(row.id) : null }))
    .sort((a, b) => b.netMinor - a.netMinor || compareIds(a.id, b.id))
}

function tenderRows(tenders: Sums['tenders']): TenderRow[] {
  return [...tenders]
    .map(([tender, sum]) => ({ tender, ...sum }))
    .filter((row) => row.payments !== 0 || row.amountMinor !== 0)
    .sort((a, b) => b.amountMinor - a.amountMinor || compareIds(a.tender, b.tender))
}

/** By code unit, the same on every device and on the server, whatever the language. */
function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
