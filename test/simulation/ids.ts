import { uuidV7 } from '#domain/id.ts'
import type { Chance } from './chance.ts'

/** An id as the product makes them, out of the run's own chance. */
export function newIdFrom(chance: Chance, now: () => number): () => string {
  return () => uuidV7(now(), chance.bytes16())
}

/** The same id in every run: `kind` and `number` tell them apart. */
export function fixedId(kind: number, number: number): string {
  return `00000000-0000-4000-8000-${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(8, '0')}`
}
