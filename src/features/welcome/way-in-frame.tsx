import { ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Mark } from '../../ui/mark.tsx'
import { EmptyState } from '../../ui/state-views.tsx'

/** Where the device itself does not answer. */
export const notStarted = {
  title: 'Evertill did not start in this browser',
  text: 'Private windows and blocked storage keep it from working.',
}

/** Around every screen before there is a till or an office: what Evertill is at the start, what to do at the end. */
export function WayInFrame({
  title,
  text,
  children,
}: {
  title: ReactNode
  text?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="grid min-h-dvh max-wide:grid-rows-[auto_1fr] wide:grid-cols-[minmax(0,5fr)_minmax(0,8fr)]">
      <Introduction />
      <main className="grid justify-items-center px-4 py-6 max-wide:content-start tablet:px-8 tablet:max-wide:py-14 wide:content-center">
        <div className="grid w-full max-w-[640px] grid-cols-[minmax(0,1fr)] gap-5">
          <header className="grid gap-1.5">
            <h1 className="text-xl tracking-tight text-balance tablet:text-2xl">{title}</h1>
            {text !== undefined && <p className="max-w-[56ch] text-pretty text-ink-2">{text}</p>}
          </header>
          {isSecureContext ? children : <NotSecure />}
        </div>
      </main>
    </div>
  )
}

function Introduction() {
  return (
    <aside className="flex flex-col justify-between gap-8 border-b border-display-edge bg-display px-4 py-4 text-display-ink tablet:px-8 wide:border-e wide:border-b-0 wide:p-10">
      <p className="flex items-center gap-3 text-lg font-number tracking-tight">
        <Mark size={30} className="text-lit" />
        <span aria-hidden="true">Evertill</span>
      </p>
      <div className="grid gap-8 max-wide:hidden">
        <p className="text-2xl font-number tracking-tight text-balance">
          The till that keeps selling with no network.
        </p>
        <ul className="grid gap-4 text-display-dim">
          <li className="flex gap-3">
            <span className="pt-0.5 [&_.hatch]:text-display-ink">
              <Hatch size={18} />
            </span>
            <span>
              <b className="block font-label text-display-ink">Hatched is on its way</b>
              Saved on this device, not yet with the others.
            </span>
          </li>
          <li className="flex gap-3">
            <span className="pt-0.5 [&_.solid]:bg-display-ink">
              <Solid size={18} />
            </span>
            <span>
              <b className="block font-label text-display-ink">Solid is settled</b>
              Every register and dashboard knows it.
            </span>
          </li>
        </ul>
      </div>
    </aside>
  )
}

/** Browsers give keys, storage that lasts and offline pages to secure addresses only. */
function NotSecure() {
  return (
    <section className="pane">
      <EmptyState
        icon={<Icon of={ShieldAlert} size={24} />}
        title="This address is not secure"
        text="Browsers let a page work without network only over https, or at localhost on the same machine. Open Evertill at its https address."
      />
    </section>
  )
}
