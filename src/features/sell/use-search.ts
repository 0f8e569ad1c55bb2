import { useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { Product } from '#domain/catalogue.ts'
import type { FoundProduct } from '../../worker/api-lists.ts'
import { device, useDeviceQuery } from '../../app/device.ts'

const MOST_HITS = 60

export interface Search {
  text: string
  setText: (text: string) => void
  /** Null while nothing is searched, or nothing has been found yet for the first letters. */
  found: readonly FoundProduct[] | null
  field: RefObject<HTMLInputElement | null>
  press: (event: KeyboardEvent<HTMLInputElement>) => void
}

/** Results replace the grid as one types; Enter adds the best, Escape clears, arrow down goes to the results. */
export function useSearch(pick: (product: Product, variantId: string | null) => void): Search {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const wanted = text.trim()
  const { data: found = null, isPlaceholderData } = useDeviceQuery<readonly FoundProduct[] | null>(
    'catalogue',
    ['search', wanted],
    () => (wanted === '' ? Promise.resolve(null) : device.searchProducts(wanted, MOST_HITS)),
  )

  const addBest = async () => {
    const best = found && !isPlaceholderData ? found[0] : (await device.searchProducts(wanted, 1))[0]
    if (!best) return
    setText('')
    pick(best.product, best.variantId)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && wanted !== '') {
      event.preventDefault()
      addBest().catch(reportError)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (text === '') field.current?.blur()
      setText('')
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      document.querySelector<HTMLElement>('.till-grid .tile')?.focus()
    }
  }
  return { text, setText, found: wanted === '' ? null : found, field, press }
}
