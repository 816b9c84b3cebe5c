// npm start: from a fresh clone to a printed address. Needs nothing but Node and git.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { home, prepare } from './prepare.mjs'

await prepare()
if (process.env.npm_lifecycle_event) endWithNpm()
await import(pathToFileURL(path.join(home, 'dist/server/main.mjs')).href)

/** npm runs this in a shell that dies of a signal without passing it on: nobody would ever stop the server. */
function endWithNpm() {
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}
