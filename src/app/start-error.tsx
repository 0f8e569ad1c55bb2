import type { ErrorComponentProps, NotFoundRouteProps } from '@tanstack/react-router'
import { useState } from 'react'
import { Key, keyClass } from '../ui/key.tsx'
import { Mark } from '../ui/mark.tsx'

/** In place of a screen that could not be shown, and for addresses that lead nowhere. It needs nothing that may be broken. */
export function StartError(props: ErrorComponentProps | NotFoundRouteProps) {
  const error: unknown = 'error' in props ? props.error : undefined
  const [isOpen, setOpen] = useState(false)
  const { title, text, code } = error === undefined ? notFound : inWords(error)
  return (
    <main className="grid min-h-dvh place-content-center justify-items-start gap-4 p-6">
      <Mark size={40} className="text-accent" />
      <div className="grid max-w-[46ch] gap-2">
        <h1 className="text-xl tracking-tight">{title}</h1>
        <p className="text-ink-2">{text}</p>
        <p className="text-sm text-ink-3">Code {code}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {error !== undefined && (
          <Key variant="main" onPress={() => location.reload()}>
            Load again
          </Key>
        )}
        {/* A whole page load, so that whatever went wrong is left behind. */}
        <a href="/" className={keyClass(error === undefined ? 'main' : 'rest')}>
          Go to the start
        </a>
        {error !== undefined && (
          <Key variant="flat" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide details' : 'Details'}
          </Key>
        )}
      </div>
      {isOpen && (
        <pre className="max-h-60 max-w-[calc(100vw-3rem)] overflow-auto rounded-key bg-sunk p-4 text-xs whitespace-pre-wrap text-ink-2">
          {error instanceof Error ? (error.stack ?? error.message) : String(error)}
        </pre>
      )}
    </main>
  )
}

const notFound = {
  title: 'There is nothing at this address',
  text: 'The link may be old or mistyped. Everything you recorded is safe.',
  code: 'app/not-found',
}

/** Browsers word a part that can't be loaded differently; all of these come from a dynamic import. */
const missingPart = /dynamically imported module|importing a module script|Unable to preload/i

function inWords(error: unknown) {
  const message = error instanceof Error ? error.message : String(error)
  if (missingPart.test(message)) {
    return {
      title: 'A part of the app could not be loaded',
      text: 'Everything you recorded is safe on this device. Load again; if that fails, connect once and load again.',
      code: 'app/part-missing',
    }
  }
  return {
    title: 'This screen could not be shown',
    text: 'Everything you recorded is safe on this device. Load again; if it comes back, tell the details to whoever looks after Evertill.',
    code: 'app/screen-failed',
  }
}
