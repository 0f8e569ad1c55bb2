import { useState } from 'react'

/** A small picture beside words that say the same. Where it can't be had, the place stays empty. */
export function Picture({ path, size }: { path: string; size: number }) {
  const [missing, setMissing] = useState<string | null>(null)
  if (missing === path) return null
  return <img src={path} alt="" width={size} height={size} loading="lazy" onError={() => setMissing(path)} />
}
