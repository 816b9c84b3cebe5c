import { useEffect } from 'react'

/** Light of the page while a screen is open: the dosing room dims it, leaving gives the old light back. */
export function useLight(light: 'light' | 'dim') {
  useEffect(() => {
    const root = document.documentElement
    const before = root.dataset['light']
    if (light === 'dim') root.dataset['light'] = 'dim'
    else delete root.dataset['light']
    return () => { if (before) root.dataset['light'] = before; else delete root.dataset['light'] }
  }, [light])
}
