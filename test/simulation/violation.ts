/** A rule of the guide that a run broke, and when. */
export type Violation = { readonly rule: string; readonly what: string; readonly atStep: number }
