/** More than any till takes, and far below what whole numbers can hold. */
const MOST_DIGITS = 9

/** Digits come in from the cents: 4 then 20 makes 4.20. What would be too long is not taken. */
export function enterDigits(amountMinor: number, digits: string): number {
  const next = Number(`${amountMinor}${digits}`)
  return String(next).length > MOST_DIGITS ? amountMinor : next
}

export function deleteDigit(amountMinor: number): number {
  return Math.floor(amountMinor / 10)
}
