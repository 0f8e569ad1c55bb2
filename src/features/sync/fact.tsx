import type { ReactNode } from 'react'

/** A row of a definition list: the name at the start, what is so beside it. */
export function Fact({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 border-t border-rule py-2.5 first:border-t-0 first:pt-0.5">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">
        <span className="font-label">{children}</span>
        {note !== undefined && <small className="block text-sm wrap-anywhere text-ink-2">{note}</small>}
      </dd>
    </div>
  )
}
