/** What is wrong with a register's name; null when nothing is. `taken`: names of the store's other registers. */
export function nameErrorOf(name: string, taken: readonly string[]): string | null {
  const plain = name.trim().toLowerCase()
  if (plain === '') return 'Enter a name.'
  return taken.some((other) => other.trim().toLowerCase() === plain)
    ? 'This store has one of that name: choose another.'
    : null
}
