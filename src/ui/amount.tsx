import type { CSSProperties } from 'react'
import { classNames } from './class-names.ts'
import { moneyParts } from './format.ts'
import type { Sign } from './format.ts'
import { useLocale } from './locale.tsx'

export interface AmountProps {
  /** Whole minor units. */
  minor: number
  currency: string
  /** Decimal places of the currency: 0, 2 or 3. */
  exponent: number
  /** 'display' glows and has lighter cents; 'still' is the same without the glow, for a second amount. */
  look?: 'plain' | 'display' | 'still'
  symbol?: boolean
  sign?: Sign
  whole?: boolean
  /** 'auto' writes what is below zero in copper. */
  tone?: 'auto' | 'none'
  className?: string
}

export function Amount({
  minor,
  currency,
  exponent,
  look = 'plain',
  symbol = true,
  sign = 'auto',
  whole = false,
  tone = 'none',
  className,
}: AmountProps) {
  const { locale } = useLocale()
  const { lead, cents, trail } = moneyParts(minor, currency, exponent, locale, { symbol, sign, whole })
  const isPlain = look === 'plain'
  return (
    <bdi
      dir="ltr"
      className={classNames(
        isPlain ? 'figure' : 'lit-amount',
        look === 'still' && 'still',
        isPlain && tone === 'auto' && minor < 0 && 'text-less',
        className,
      )}
      style={isPlain ? undefined : fitting(`${lead}${cents}${trail}`)}
    >
      {lead}
      {cents !== '' && <span className={isPlain ? undefined : 'cents'}>{cents}</span>}
      {trail}
    </bdi>
  )
}

/** For style sheets that fit the size of the digits to their number. */
function fitting(text: string): CSSProperties {
  return { '--characters': text.length } as CSSProperties
}
