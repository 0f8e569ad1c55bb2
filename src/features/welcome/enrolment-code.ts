/** Letters and digits of an enrolment code. */
export const codeLength = 8

/** What of a text can be a code: typed in any case, pasted with spaces, or as the whole link (`…/enrol#CODE`). */
export function readCode(text: string): string {
  const afterHash = text.slice(text.lastIndexOf('#') + 1)
  return afterHash
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, codeLength)
}

/** `ABCD 2345`: groups of four are read out and compared more surely. */
export function groupedCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
