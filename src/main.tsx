import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followDevice, queries } from './app/device.ts'
import { keepStorage } from './app/persistence.ts'
import { router } from './app/router.tsx'
import { startServiceWorker } from './app/update.ts'
import { applyTheme } from './app/theme.ts'
import './ui/styles.css'

const mount = document.getElementById('root')
if (!mount) throw new Error('index.html has no #root')

applyTheme()
void followDevice()
void startServiceWorker()
void keepStorage()

createRoot(mount).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
