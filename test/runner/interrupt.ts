/**
 * Aborts at Ctrl+C or SIGTERM. One that comes again changes nothing: npm passes on to the program what the terminal has told it
 * already, and with a handler for the first one only that would end it before anything is cleared away.
 */
export function interrupted(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}
