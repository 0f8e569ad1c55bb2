import type { SelectOption } from '../../ui/select.tsx'
import { formatDate, formatMoney } from '../../ui/format.ts'

/** How figures and dates are written in the places where shops are; any other that is in use is offered too. */
const offered = (
  'ar-AE ar-EG ar-MA ar-SA bg-BG bn-BD cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN en-NZ en-SG en-US en-ZA ' +
  'es-AR es-CL es-CO es-ES es-MX es-PE es-US et-EE fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR he-IL hi-IN hr-HR hu-HU id-ID is-IS it-CH ' +
  'it-IT ja-JP ko-KR lt-LT lv-LV ms-MY nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO sk-SK sl-SI sr-RS sv-SE sw-KE th-TH tr-TR uk-UA ' +
  'ur-PK vi-VN zh-CN zh-HK zh-TW'
).split(' ')

/** By name in the language of `shownIn`; `kept` are those in use now. */
export function localeOptions(shownIn: string, kept: readonly string[]): readonly SelectOption<string>[] {
  const collator = new Intl.Collator(shownIn)
  return [...new Set([...kept, ...offered])]
    .map((value) => ({ value, label: localeName(value, shownIn) }))
    .sort((one, other) => collator.compare(one.label, other.label))
}

export function localeName(locale: string, shownIn: string): string {
  const names = new Intl.DisplayNames(shownIn, { type: 'language', languageDisplay: 'standard' })
  return names.of(locale) ?? locale
}

/** `$1,234.50 · 11/21/2026`: what the choice does to a receipt. */
export function localeSample(
  locale: string,
  at: number,
  { code, exponent }: { readonly code: string; readonly exponent: 0 | 2 | 3 },
): string {
  const amountMinor = Math.round(1234.5 * 10 ** exponent)
  return `${formatMoney(amountMinor, code, exponent, locale)} · ${formatDate(at, locale, 'numeric')}`
}
