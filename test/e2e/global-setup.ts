import type { TestProject } from 'vitest/node'
import { createAppServer } from './app-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder with the demo shop, to copy; no server runs on it. */
    demoData: string
  }
}

/** The demo shop is the same for all, and made once. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await createAppServer()
  try {
    await server.run('server/seed/cli.ts', '--orders', '1500', '--days', '40')
  } catch (error) {
    await server.remove()
    throw error
  }
  project.provide('demoData', server.dataDir)
  return () => server.remove()
}
