import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../kit/kit.css'
import './workstation.css'
import { Refused } from '../sync/client.ts'
import { leaveWhenHandedOver } from '../sync/hand-over.ts'
import { keepOffline } from '../sync/keep-offline.ts'
import { router } from './router.tsx'

/** A refusal is an answer and is not asked again; a lost connection is. */
const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: (times, failure) => !(failure instanceof Refused) && times < 3, refetchOnWindowFocus: true } },
})

leaveWhenHandedOver()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
void keepOffline('workstation')
