import type { Chance } from '../simulation/chance.ts'
import type { Ledger } from './ledger.ts'

/** What a scenario is given. Everything that it leaves to chance comes from here. */
export type Torture = {
  /** Of the scenario itself. */
  readonly chance: Chance
  /** Another stream for each who acts beside it, so that nobody's chance depends on who is faster. */
  stream(): Chance
  /** How often it does its worst; see `times` of the scenario. */
  readonly times: number
  readonly ledger: Ledger
  /** Runs when the scenario has ended, however that was; the last one first. */
  onEnd(clean: () => Promise<unknown>): void
  /** For a person who watches. */
  say(line: string): void
}

/** A thing that was checked, and whether it held. */
export type Checked = { readonly what: string; readonly isRight: boolean; readonly detail?: string }

export type Outcome = {
  /** What was done to it: 20 kills, 40 faults … */
  readonly done: string
  readonly checks: readonly Checked[]
  readonly completed: number
  readonly held: number
}

export type Scenario = {
  readonly name: string
  readonly about: string
  /** How often, where nobody says otherwise; and in `npm test`. */
  readonly times: { readonly usual: number; readonly short: number }
  run(torture: Torture): Promise<Outcome>
}
