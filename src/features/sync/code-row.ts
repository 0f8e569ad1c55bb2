/** Never more than three a second: more flashes can bring on a seizure (WCAG 2.3.1). */
export const paces = {
  slow: 1000,
  normal: 500,
  fast: 340,
} as const

export type Pace = keyof typeof paces

export type CodeRow = { readonly index: number; readonly pace: Pace; readonly isPaused: boolean }

export type CodeRowMove = 'tick' | 'next' | 'previous' | 'pause' | { readonly pace: Pace }

/** The row goes round until it is closed; stepping by hand holds it. */
export function moveRow(row: CodeRow, count: number, move: CodeRowMove): CodeRow {
  const at = (index: number): number => (index + count) % count
  switch (move) {
    case 'tick':
      return row.isPaused ? row : { ...row, index: at(row.index + 1) }
    case 'next':
      return { ...row, index: at(row.index + 1), isPaused: true }
    case 'previous':
      return { ...row, index: at(row.index - 1), isPaused: true }
    case 'pause':
      return { ...row, isPaused: !row.isPaused }
    default:
      return { ...row, pace: move.pace }
  }
}
