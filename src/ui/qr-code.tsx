import { useMemo } from 'react'
import { encode } from 'uqr'

/** The quiet zone that the standard asks for, in modules. */
const QUIET_ZONE = 4

interface QrCodeProps {
  text: string
  /** What it leads to, for those who can't see it. */
  label: string
  /** Edge in CSS pixels. */
  size?: number
  correction?: 'L' | 'M' | 'Q' | 'H'
  className?: string
}

/** Dark on white in both themes: readers expect it so. */
export function QrCode({ text, label, size = 160, correction = 'M', className }: QrCodeProps) {
  const code = useMemo(() => qrPath(text, correction), [text, correction])
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${code.edge} ${code.edge}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={code.edge} height={code.edge} rx={1} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  )
}

/** One rectangle per run of dark modules: a fifth of the path that a square each would need. */
export function qrPath(text: string, correction: 'L' | 'M' | 'Q' | 'H'): { edge: number; path: string } {
  const { data } = encode(text, { ecc: correction, border: QUIET_ZONE })
  let path = ''
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x += 1
      path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`
    }
  }
  return { edge: data.length, path }
}
