import { createContext, use, useMemo } from 'react'
import type { ReactNode } from 'react'

/** Every text that the kit itself shows or speaks. Screens bring their own words. */
export interface Wording {
  allSent: string
  onlyHere: (count: string) => string
  offline: string
  storageShort: string
  now: string
  minutes: (count: number) => string
  hours: (count: number) => string
  since: (when: string) => string
  close: string
  clear: string
  showCharacters: string
  deleteDigit: string
  keypad: string
  less: string
  more: string
  pinDigits: (filled: number, length: number) => string
  tryAgain: string
  code: (code: string) => string
  loading: string
  table: string
  chart: string
  low: string
  notAllHeard: string
  nothingYet: string
  up: string
  down: string
  dropHere: string
  previousMonth: string
  nextMonth: string
  notifications: string
  nowMarker: string
}

const ENGLISH: Wording = {
  allSent: 'All sent',
  onlyHere: (count) => `${count} only here`,
  offline: 'Offline',
  storageShort: 'Storage nearly full · save a copy',
  now: 'now',
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  since: (when) => `since ${when}`,
  close: 'Close',
  clear: 'Clear',
  showCharacters: 'Show characters',
  deleteDigit: 'Delete last digit',
  keypad: 'Keypad',
  less: 'One less',
  more: 'One more',
  pinDigits: (filled, length) => `${filled} of ${length} digits`,
  tryAgain: 'Try again',
  code: (code) => `Code ${code}.`,
  loading: 'Loading',
  table: 'Table',
  chart: 'Chart',
  low: 'Low',
  notAllHeard: 'Not all heard',
  nothingYet: 'Nothing here yet',
  up: 'up',
  down: 'down',
  dropHere: 'Choose a file or drop it here',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  notifications: 'Notices',
  nowMarker: 'Now',
}

export interface LocaleValue {
  locale: string
  direction: 'ltr' | 'rtl'
  wording: Wording
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb'])

const LocaleContext = createContext<LocaleValue>({ locale: 'en-US', direction: 'ltr', wording: ENGLISH })

export function LocaleProvider({
  locale,
  wording,
  children,
}: {
  locale: string
  wording?: Partial<Wording>
  children: ReactNode
}) {
  const value = useMemo<LocaleValue>(
    () => ({ locale, direction: directionOf(locale), wording: { ...ENGLISH, ...wording } }),
    [locale, wording],
  )
  return <LocaleContext value={value}>{children}</LocaleContext>
}

export function useLocale(): LocaleValue {
  return use(LocaleContext)
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'
}
