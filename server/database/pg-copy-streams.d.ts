declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream'
  import type { Submittable } from 'pg'

  /** The rows of a `COPY … FROM STDIN`, sent when it is given to `client.query`. */
  export function from(text: string): Writable & Submittable
}
