import type { ReactNode } from 'react'
import './receipt-layout.css'

/** The paper at the start, what to do with it at the end; on small screens what to do comes first. */
export function ReceiptLayout({ paper, children }: { paper: ReactNode; children: ReactNode }) {
  return (
    <main className="receipt-page">
      <div className="receipt-desk">{paper}</div>
      <div className="receipt-side">{children}</div>
    </main>
  )
}
