import type { WriteStream } from 'node:tty'

export type Progress = {
  /** How much of the whole is done by now. */
  update(done: number): void
  finish(): void
}

export type ProgressOptions = {
  readonly label: string
  readonly total: number
  /** Takes a line for every tenth where there is no terminal. */
  readonly line: (text: string) => void
  readonly terminal: Pick<WriteStream, 'isTTY' | 'write'>
}

/** A bar that grows in place on a terminal; plain lines, ten at most, anywhere else. */
export function createProgress({ label, total, line, terminal }: ProgressOptions): Progress {
  let shownTenths = 0
  return {
    update(done) {
      const share = Math.min(done / total, 1)
      if (terminal.isTTY) {
        terminal.write(`\r  ${label} ${barOf(share)} ${String(Math.floor(share * 100)).padStart(3)} %`)
        return
      }
      const tenths = Math.floor(share * 10)
      if (tenths > shownTenths) line(`${label}: ${tenths * 10} %`)
      shownTenths = Math.max(shownTenths, tenths)
    },
    finish() {
      // Back to the start of the line and clear it: what follows has nothing to do with the bar.
      if (terminal.isTTY) terminal.write('\r\u001b[K')
    },
  }
}

const barLength = 30

function barOf(share: number): string {
  const full = Math.round(share * barLength)
  return '█'.repeat(full) + '░'.repeat(barLength - full)
}
