// Percentiles, medians, processor time, and how they are printed.
import { readFileSync, readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

export const median = (values) => quantile(values, 0.5)

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

/** Sends again and again from so many clients at once, for so long; counts only answers that `right` accepts. */
export async function load({ clients, seconds, warmSeconds = 0.5, once, processes = [] }) {
  const times = []
  let counting = false
  let over = false
  let wrong = 0
  const client = async (at) => {
    while (!over) {
      const began = performance.now()
      const right = await once(at)
      if (!right) wrong += 1
      else if (counting) times.push(performance.now() - began)
    }
  }
  const all = Promise.all(Array.from({ length: clients }, (_, at) => client(at)))
  await pause(warmSeconds)
  const before = processes.map(cpuMs)
  const began = performance.now()
  counting = true
  await pause(seconds)
  counting = false
  const tookMs = performance.now() - began
  const used = processes.map((process, at) => cpuMs(process) - before[at])
  over = true
  await all
  return { perSecond: (times.length / tookMs) * 1000, p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99), count: times.length, wrong, cpuMsEach: used.map((ms) => ms / times.length) }
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

const HZ = 100
const statOf = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
/** Processor time of a process; with its children, living and gone, when it is a database server. Linux only. */
export function cpuMs({ pid, family = false }) {
  try {
    const own = statOf(pid)
    let ticks = Number(own[11]) + Number(own[12])
    if (family) {
      ticks += Number(own[13]) + Number(own[14])
      for (const child of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          const stat = statOf(child)
          if (Number(stat[1]) === pid) ticks += Number(stat[11]) + Number(stat[12])
        } catch { /* It ended meanwhile. */ }
      }
    }
    return (ticks * 1000) / HZ
  } catch {
    return Number.NaN
  }
}

export const rssMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

export const show = (value, digits = 1) => (value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits))

export const machine = () => `${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`

/** The machine and the versions, without which no figure means anything. */
export async function printMachine(admin) {
  const { rows } = await admin.query(`select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages, current_setting('data_checksums') as sums`)
  const [database] = rows
  console.log(`machine   ${machine()}; load, server and database share the cores`)
  console.log(`versions  Node ${process.versions.node}, PostgreSQL ${database.version}`)
  console.log(`durable   fsync ${database.fsync}, synchronous_commit ${database.commit}, full_page_writes ${database.pages}, data_checksums ${database.sums}`)
}

/** A table in plain text, right-aligned after the first column. */
export function printTable(head, rows) {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => String(row[column]).length)))
  for (const row of all) console.log(row.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]))).join('  '))
}

/** `--name value` or `--name` from the command line. */
export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1] ?? 1)
}
