import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

export type BundledPage = { readonly url: string; close(): Promise<void> }

/** Serves an empty page of 127.0.0.1 that runs one of our modules, bundled as the product is. */
export async function serveBundledPage(entry: URL): Promise<BundledPage> {
  const script = await bundle(entry)
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isScript ? script : emptyPage('/page.js'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What a bundled module says its release is. */
export const bundledVersion = '0.0.0-test'

/** One of our modules with all that it imports, as the text of one script. */
export async function bundle(entry: URL): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    define: { __APP_VERSION__: JSON.stringify(bundledVersion) },
    build: {
      write: false,
      lib: { entry: fileURLToPath(entry), formats: ['es'], fileName: 'page' },
      // Also what is imported only when it is needed.
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[]
  return built[0]!.output[0].code
}

/** HTML that only runs a script. */
export function emptyPage(script: string): string {
  return `<!doctype html><title>page</title><script type="module" src="${script}"></script>`
}
