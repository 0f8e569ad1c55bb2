/**
 * Runs in the device's worker before its own code. On demand it keeps the answers of a first load as they came, or gives
 * such answers again in their order: then nothing is waited for but the work of taking them in. It can also be cut off.
 */
export type HeldAnswers =
  | { readonly bench: 'keep' }
  | { readonly bench: 'hand-over' | 'cut' | 'mend' }
  | { readonly bench: 'give'; readonly answers: readonly ArrayBuffer[] }

let mode: 'off' | 'keep' | 'give' = 'off'
let held: ArrayBuffer[] = []
let isCut = false

const fetchAnswer = globalThis.fetch
globalThis.fetch = async (input, init) => {
  if (isCut) throw new TypeError('There is no network')
  const address = input instanceof Request ? input.url : String(input)
  if (mode === 'off' || !address.includes('changes.load')) return fetchAnswer(input, init)
  if (mode === 'give') {
    const answer = held.shift()
    if (!answer) throw new Error('More pages are asked for than were held')
    return new Response(answer, { headers: { 'content-type': 'application/json' } })
  }
  const answer = await fetchAnswer(input, init)
  const bytes = await answer.arrayBuffer()
  if (answer.ok) held.push(bytes)
  return new Response(bytes, { status: answer.status, headers: { 'content-type': 'application/json' } })
}

globalThis.addEventListener('message', (event: MessageEvent<HeldAnswers | { bench?: never }>) => {
  const order = event.data
  if (order.bench === undefined) return
  event.stopImmediatePropagation()
  if (order.bench === 'keep') mode = 'keep'
  if (order.bench === 'cut') isCut = true
  if (order.bench === 'mend') isCut = false
  if (order.bench === 'give') {
    mode = 'give'
    held = [...order.answers]
  }
  if (order.bench === 'hand-over') {
    postMessage({ bench: held }, { transfer: held })
    held = []
  }
})

// What the build puts in the place of this name.
Object.assign(globalThis, { __APP_VERSION__: 'bench' })
