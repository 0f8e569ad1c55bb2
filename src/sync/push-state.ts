/**
 * How far the journal is at the server.
 *
 *   idle ──run sent──▶ accepted ─▶ further        (pushedSeq and ackedSeq go up)
 *                    ├▶ gap ─────▶ rewind          (both go down to what the server holds)
 *                    └▶ fork ────▶ stopped         (another device wrote this journal: a person decides)
 */
export type PushState = {
  /** The server database's life that the two numbers below were said in. */
  readonly epoch: string
  /** Last operation offered in this epoch; the next run begins after it. */
  readonly pushedSeq: number
  /** Last operation that the server has said it holds. Never goes back within an epoch, but for a gap ([P2]). */
  readonly ackedSeq: number
  /** Where the server found other bytes than ours under the same number; null while all is well. */
  readonly forkAtSeq: number | null
}

/** The run that an answer belongs to. */
export type SentRun = { readonly epoch: string; readonly fromSeq: number; readonly toSeq: number }

export type PushReply =
  | { readonly status: 'accepted'; readonly ackedSeq: number }
  | { readonly status: 'gap'; readonly expectedSeq: number }
  | { readonly status: 'fork'; readonly atSeq: number }

/**
 * [P2] What an answer does to the push state. Answers may come late or twice, and from another tab's request: one that
 * was given in another epoch changes nothing, nor does a gap when someone has moved on since the run was sent.
 */
export function afterPush(state: PushState, sent: SentRun, reply: PushReply): PushState {
  if (sent.epoch !== state.epoch) return state
  switch (reply.status) {
    case 'accepted':
      return {
        ...state,
        pushedSeq: Math.max(state.pushedSeq, sent.toSeq),
        // Above what was sent, the server holds what a copy of this journal wrote.
        ackedSeq: Math.max(state.ackedSeq, Math.min(reply.ackedSeq, sent.toSeq)),
      }
    case 'gap': {
      const heldSeq = reply.expectedSeq - 1
      const isStale = state.pushedSeq !== sent.fromSeq - 1
      if (isStale || heldSeq < 0 || heldSeq >= sent.fromSeq) return state
      return { ...state, pushedSeq: heldSeq, ackedSeq: Math.min(state.ackedSeq, heldSeq) }
    }
    case 'fork':
      // An answer that came later may name a later place.
      return { ...state, forkAtSeq: Math.min(state.forkAtSeq ?? reply.atSeq, reply.atSeq) }
  }
}

/** [L5] A new life of the server's database has acknowledged nothing yet: every retained operation is offered again. */
export function offerAgain(state: PushState, epoch: string): PushState {
  return { epoch, pushedSeq: 0, ackedSeq: 0, forkAtSeq: state.forkAtSeq }
}
