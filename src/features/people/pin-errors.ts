export type PinErrors = { readonly pin?: string; readonly again?: string }

/** What is wrong with a new PIN and its repetition; nothing where it can be used. */
export function pinErrors(pin: string, again: string): PinErrors {
  if (!/^\d{4,8}$/.test(pin)) return { pin: 'Use 4 to 8 digits.' }
  if (isEasyToGuess(pin)) return { pin: 'Choose digits that are harder to guess.' }
  if (again === '') return { again: 'Enter it once more.' }
  return pin === again ? {} : { again: 'It differs from the first. Enter it once more.' }
}

/** What everybody tries first. */
function isEasyToGuess(pin: string): boolean {
  const isOneDigit = new Set(pin).size === 1
  return isOneDigit || '0123456789'.includes(pin) || '9876543210'.includes(pin)
}
