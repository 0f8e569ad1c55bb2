import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { ListPage } from '../worker/api-lists.ts'
import type { Topic } from '../worker/api-device.ts'
import type { ServedRows } from '../ui/served-table.tsx'
import { useNeededRead } from './read-boundary.tsx'

const pageRows = 60
/** Pages out of sight are read again: the device has them at hand. */
const keptMs = 20_000

/**
 * The rows of a list that the device serves by the page. While another list is being found, the last one stays.
 * Null until the first one is there. Below a `ReadBoundary`.
 */
export function useServedRows<Query, Row>(
  topic: Topic,
  name: string,
  query: Query,
  read: (query: Query, offset: number, limit: number) => Promise<ListPage<Row>>,
): ServedRows<Row> | null {
  const [shown, setShown] = useState(query)
  const [pages, setPages] = useState({ first: 0, last: 0 })
  const pageOf = (of: Query, page: number) => ({
    queryKey: [topic, name, of, page],
    queryFn: () => read(of, page * pageRows, pageRows),
    gcTime: keptMs,
  })
  const [listKey, shownKey] = [JSON.stringify(query), JSON.stringify(shown)]
  const head = useNeededRead(pageOf(query, 0))
  if (head.data !== undefined && listKey !== shownKey) {
    setShown(query)
    setPages({ first: 0, last: 0 })
  }
  const count = pages.last - pages.first + 1
  const held = useQueries({
    queries: Array.from({ length: count }, (_, place) => pageOf(shown, pages.first + place)),
    combine: rowsOfAll,
  })
  const headOfShown = useQuery({ ...pageOf(shown, 0), select: totalOf })
  const onWindow = useCallback((start: number, end: number) => {
    const first = Math.floor(start / pageRows)
    const last = Math.max(first, Math.floor((end - 1) / pageRows))
    setPages((before) => (before.first === first && before.last === last ? before : { first, last }))
  }, [])
  if (headOfShown.data === undefined) return null
  const rowAt = (index: number) => {
    const page = Math.floor(index / pageRows)
    return held[page - pages.first]?.[index - page * pageRows] as Row | undefined
  }
  return { total: headOfShown.data, rowAt, listKey: shownKey, onWindow }
}

function totalOf({ total }: ListPage<unknown>): number {
  return total
}

function rowsOfAll(pages: readonly { readonly data?: ListPage<unknown> | undefined }[]) {
  return pages.map(({ data }) => data?.rows)
}
