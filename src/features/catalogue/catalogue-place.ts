import { useNavigate, useSearch } from '@tanstack/react-router'

export const catalogueTabs = [
  { value: 'products', label: 'Products' },
  { value: 'categories', label: 'Categories' },
  { value: 'options', label: 'Options' },
  { value: 'taxes', label: 'Taxes' },
] as const

export type CatalogueTab = (typeof catalogueTabs)[number]['value']

/** Where somebody is: a tab, and in it the record that is open (`new`: one that is being made). Both stand in the address. */
export type CataloguePlace = { readonly tab: CatalogueTab; readonly item: string | null }

export const newItem = 'new'

export function placeOf(search: Readonly<Record<string, unknown>>): CataloguePlace {
  const tab = catalogueTabs.find(({ value }) => value === search['tab'])?.value ?? 'products'
  const item = search['item']
  return { tab, item: typeof item === 'string' && item !== '' ? item : null }
}

export function useCataloguePlace() {
  const navigate = useNavigate()
  const place = placeOf(useSearch({ strict: false }))
  const go = (to: CataloguePlace, how: { replace?: boolean; ignoreBlocker?: boolean } = {}) =>
    void navigate({
      to: '/catalogue',
      search: {
        ...(to.tab === 'products' ? {} : { tab: to.tab }),
        ...(to.item === null ? {} : { item: to.item }),
      },
      ...how,
    })
  return {
    ...place,
    chooseTab: (tab: CatalogueTab) => go({ tab, item: null }, { replace: true }),
    open: (item: string) => go({ tab: place.tab, item }),
    /** Asks first where something is not saved. */
    close: () => go({ tab: place.tab, item: null }, { replace: true }),
    closeAtOnce: () => go({ tab: place.tab, item: null }, { replace: true, ignoreBlocker: true }),
  }
}
