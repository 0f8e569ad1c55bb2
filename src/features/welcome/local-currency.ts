import { currencyCodes } from '#domain/currency.ts'

/** The currency of the region of a language tag, as a first guess; USD where nothing better is known. */
export function localCurrency(languageTag: string): string {
  const region = regionOf(languageTag)
  if (region === null) return 'USD'
  for (const [code, regions] of sharedCurrencies) if (regions.includes(region)) return code
  // ISO 4217: the first two letters are those of the country.
  return currencyCodes.find((code) => code.startsWith(region)) ?? 'USD'
}

function regionOf(languageTag: string): string | null {
  try {
    return new Intl.Locale(languageTag).maximize().region ?? null
  } catch {
    return null
  }
}

/** Regions (ISO 3166) whose money doesn't bear their own two letters. */
const sharedCurrencies: readonly (readonly [code: string, regions: readonly string[]])[] = [
  ['EUR', 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK'.split(' ')],
  ['USD', 'EC GU MH PR SV TL VI'.split(' ')],
  ['CHF', ['LI']],
  ['AUD', 'KI NR TV'.split(' ')],
  ['NZD', 'CK NU TK'.split(' ')],
  ['XOF', 'BF BJ CI GW ML NE SN TG'.split(' ')],
  ['XAF', 'CF CG CM GA GQ TD'.split(' ')],
  ['XCD', 'AG AI DM GD KN LC MS VC'.split(' ')],
  ['XPF', 'NC PF WF'.split(' ')],
]
