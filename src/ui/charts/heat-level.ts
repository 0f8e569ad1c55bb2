/** One of seven even steps: 0 for nothing and little, 6 for the highest. */
export function heatLevel(value: number, highest: number): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  if (!(highest > 0) || value <= 0) return 0
  return Math.min(6, Math.floor((value / highest) * 7)) as 0 | 1 | 2 | 3 | 4 | 5 | 6
}
