import type { DemoSignIn } from './demo.ts'

/** What a person needs to look around in the demo, for the terminal. */
export function signInBlock({ owner, staff }: DemoSignIn): string {
  const width = Math.max(...staff.map(({ name }) => name.length))
  return [
    '',
    '  The demo shop is ready.',
    '',
    `    Office   ${owner.email}   ${owner.password}`,
    '',
    '    At the till, by PIN:',
    ...staff.map(
      ({ name, role, pin, store }) =>
        `    ${pin}   ${name.padEnd(width)}   ${role.padEnd(7)}   ${store ?? 'all stores'}`,
    ),
    '',
  ].join('\n')
}
