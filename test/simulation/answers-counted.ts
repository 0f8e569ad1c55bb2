import type { Watch } from './invariants/invariant.ts'
import type { Came, Request } from './network.ts'
import type { World } from './world.ts'

type Answer = {
  readonly kind?: string
  readonly reason?: string
  readonly ok?: boolean
  readonly failure?: { readonly code: string }
  readonly value?: { readonly status?: string; readonly results?: readonly Result[] }
}

type Result = { readonly status: string; readonly flags: readonly string[] }

/** Counts what the server said, so that a run over many seeds shows what it never had to say. */
export function countAnswers(world: World, watch: Watch): void {
  watch.onAnswer(({ procedure }: Request, came: Came) => {
    if (came.kind !== 'answer') return world.coverage.count(`answer: ${came.kind} ${came.code}`)
    const { kind, reason, ok, failure, value } = came.value as Answer
    if (procedure === 'pull' || procedure === 'load')
      return world.coverage.count(`answer: ${[kind, reason].filter(Boolean).join(' ')}`)
    if (ok === false) return world.coverage.count(`answer: ${failure?.code}`)
    if (procedure === 'rejoin') return world.coverage.count('answer: new identity')
    world.coverage.count(`answer: ${value?.status}`)
    for (const { status, flags } of value?.results ?? []) {
      if (status === 'parked') world.coverage.count('answer: parked')
      for (const flag of flags) world.coverage.count(`flag: ${flag}`)
    }
  })
}

export function traceRequests(world: World, watch: Watch, onTrace: (line: string) => void): void {
  watch.onAnswer(({ procedure, installId, body }, came) => {
    const asked = body.replaceAll(/"(payloads|signature|chain|previousChain|appVersion)":"[^"]*",?/g, '')
    onTrace(
      `${world.scheduler.steps()} ${installId?.slice(-4)} ${procedure} ${asked} ⇒ ${JSON.stringify(came)}`,
    )
  })
}
