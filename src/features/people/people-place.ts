import { useNavigate, useSearch } from '@tanstack/react-router'

export type PeopleTab = 'staff' | 'customers'

/** Where somebody is: a tab, and in it the record that is open (`new`: one that is being made). Both stand in the address. */
export type PeoplePlace = { readonly tab: PeopleTab; readonly item: string | null }

export const newItem = 'new'

export function placeOf(search: Readonly<Record<string, unknown>>): PeoplePlace {
  const item = search['item']
  return {
    tab: search['tab'] === 'customers' ? 'customers' : 'staff',
    item: typeof item === 'string' && item !== '' ? item : null,
  }
}

export function usePeoplePlace() {
  const navigate = useNavigate()
  const place = placeOf(useSearch({ strict: false }))
  const go = (to: PeoplePlace, how: { replace?: boolean; ignoreBlocker?: boolean } = {}) =>
    void navigate({
      to: '/people',
      search: {
        ...(to.tab === 'customers' && { tab: to.tab }),
        ...(to.item !== null && { item: to.item }),
      },
      ...how,
    })
  return {
    ...place,
    chooseTab: (tab: PeopleTab) => go({ tab, item: null }, { replace: true }),
    open: (item: string) => go({ tab: place.tab, item }),
    /** Asks first where something is not saved. */
    close: () => go({ tab: place.tab, item: null }, { replace: true }),
    closeAtOnce: () => go({ tab: place.tab, item: null }, { replace: true, ignoreBlocker: true }),
  }
}
