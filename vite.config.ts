import { readFileSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { PluginOption, ProxyOptions } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const { version, description } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
) as {
  version: string
  description: string
}

export default defineConfig({
  plugins: [react(), tailwindcss(), installableApp()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    sourcemap: false,
    // The content security policy allows no inline script and no data: font.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The app, and the public page behind a receipt’s QR code.
    rolldownOptions: { input: { app: 'index.html', 'receipt-check': 'src/check/check.html' } },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/trpc', '/live', '/pictures', '/auth'].map((path) => [path, toApi(path)])),
  },
})

/** In development `server/dev.ts` starts the API and tells its port in PORT_API. */
function toApi(path: string): ProxyOptions {
  return { target: `http://127.0.0.1:${process.env.PORT_API ?? '4280'}`, ws: path === '/live' }
}

function installableApp(): PluginOption {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/service-worker',
    filename: 'main.ts',
    // src/app registers it, as it also asks before an update takes over.
    injectRegister: false,
    injectManifest: {
      globPatterns: ['**/*.{js,css,html,wasm,woff2,svg,png,webmanifest}'],
      globIgnores: ['pictures/**', 'src/check/**', 'assets/receipt-check-*'],
      maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
    },
    manifest: {
      name: 'Evertill',
      short_name: 'Evertill',
      description,
      id: '/',
      start_url: '/',
      display: 'standalone',
      theme_color: '#062529',
      background_color: '#e7eded',
      icons: [
        { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
      shortcuts: [
        { name: 'Till', url: '/till' },
        { name: 'Dashboard', url: '/dashboard' },
      ],
    },
  })
}
