import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const readme = readFileSync(resolve(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

/** npm's own commands need no script of ours; `npm start` and `npm test` do. */
const commands = [
  ...new Set([...readme.matchAll(/npm (?:run )?([a-z-]+)/g)].map((match) => match[1]!)),
].filter((command) => command !== 'ci' && command !== 'run')

describe('the README', () => {
  test.each(commands)('names a command that exists: %s', (command) => {
    expect(scripts).toHaveProperty(command)
  })

  test('leads to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1]!)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((link) => !existsSync(resolve(root, link)))).toEqual([])
  })

  test('maps folders that exist', () => {
    const map = /```\n(src\/[\s\S]+?)```/.exec(readme)?.[1] ?? ''
    let top = ''
    const missing: string[] = []
    for (const line of map.split('\n').filter((each) => each.trim() !== '')) {
      const names = /^(\s*)((?:[\w.-]+\/? )+)/.exec(`${line.split('  ').filter(Boolean)[0] ?? ''} `)
      const isTop = !line.startsWith(' ')
      const folders = (names?.[2] ?? '').trim().split(' ')
      if (isTop) top = folders[0]!
      for (const folder of isTop ? folders : folders.map((each) => top + each)) {
        if (!existsSync(resolve(root, folder))) missing.push(folder)
      }
    }
    expect(map).toContain('domain/')
    expect(missing).toEqual([])
  })
})

describe('our own commands', () => {
  /** Scripts that run a file of ours; the rest are tools with help of their own. */
  const files = [
    ...new Set(
      Object.values(scripts)
        .map((script) => /node ((?:server|test)\/[\w/.-]+\.ts)/.exec(script)?.[1])
        .filter((file) => file !== undefined),
    ),
  ]

  test.each(files)('%s --help says how it is used', (file) => {
    const help = execFileSync(process.execPath, [file, '--help'], {
      cwd: root,
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect(help).toMatch(/^(Usage: |npm )/m)
    expect(help).toContain('--help')
  })

  test('a flag that does not exist is refused with the help', () => {
    const run = (): string =>
      execFileSync(process.execPath, ['server/seed/cli.ts', '--no-such-flag'], {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    expect(run).toThrow(/no-such-flag/)
  })
})
