import type { ListPage } from './api-lists.ts'

export function pageOf<Row>(rows: readonly Row[], offset: number, limit: number): ListPage<Row> {
  return { total: rows.length, rows: rows.slice(offset, offset + limit) }
}
