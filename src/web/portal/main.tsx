import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../kit/plain.css'
import './portal.css'
import { keepOffline } from '../sync/keep-offline.ts'
import { App } from './App.tsx'
import { stayAway } from './leave.ts'
import { followLinks } from './router.ts'

followLinks()
if (!stayAway()) createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>)
// After the first screen, so that it does not share the line with it; without it everything works but the first opening offline.
addEventListener('load', () => { setTimeout(() => void keepOffline('portal'), 2_000) })
