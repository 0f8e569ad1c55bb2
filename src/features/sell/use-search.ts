import { useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { Product } from '#domain/catalogue.ts'
import type { ProductHit } from '../../worker/api-selling.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import type { ProductEntry } from './product-grid.tsx'

const MOST_HITS = 60

export interface Search {
  text: string
  setText: (text: string) => void
  /** Null while nothing is searched. */
  entries: readonly ProductEntry[] | null
  field: RefObject<HTMLInputElement | null>
  press: (event: KeyboardEvent<HTMLInputElement>) => void
}

/** Results replace the grid as one types; Enter adds the best, Escape clears, arrow down goes to the results. */
export function useSearch(
  productsById: ReadonlyMap<string, Product>,
  pick: (productId: string, variantId: string | null) => void,
): Search {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const wanted = text.trim()
  const { data: hits, isPlaceholderData } = useDeviceQuery<readonly ProductHit[]>(
    'catalogue',
    ['search', wanted],
    () => (wanted === '' ? Promise.resolve([]) : device.searchProducts(wanted, MOST_HITS)),
  )

  const addBest = async () => {
    const best = hits && !isPlaceholderData ? hits[0] : (await device.searchProducts(wanted, 1))[0]
    if (!best) return
    setText('')
    pick(best.productId, best.variantId)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && wanted !== '') {
      event.preventDefault()
      addBest().catch((error: unknown) => reportError(error))
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (text === '') field.current?.blur()
      setText('')
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      document.querySelector<HTMLElement>('.till-grid .tile')?.focus()
    }
  }
  return { text, setText, entries: wanted === '' ? null : entriesOf(hits ?? [], productsById), field, press }
}

function entriesOf(hits: readonly ProductHit[], productsById: ReadonlyMap<string, Product>): ProductEntry[] {
  return hits.flatMap(({ productId, variantId }) => {
    const product = productsById.get(productId)
    return product ? [{ product, variantId }] : []
  })
}
