import './block-charts.css'

export interface CourseBarProps {
  /** So far. */
  value: number
  /** What it is on course for: the end of the bar, unless the comparison is higher. */
  expected: number
  /** Where the comparison ended. */
  compare?: number
  /** All of it in words. */
  label: string
}

/** Inside a Display: lit is done, hatched is expected, the mark is the comparison. */
export function CourseBar({ value, expected, compare, label }: CourseBarProps) {
  const end = Math.max(value, expected, compare ?? 0, 1)
  const share = (part: number) => `${(Math.max(0, part) / end) * 100}%`
  return (
    <div className="course" role="img" aria-label={label}>
      <div className="course-rest" style={{ width: share(Math.max(value, expected)) }} />
      <div className="course-done" style={{ width: share(value) }} />
      {compare !== undefined && <div className="course-mark" style={{ left: share(compare) }} />}
    </div>
  )
}
