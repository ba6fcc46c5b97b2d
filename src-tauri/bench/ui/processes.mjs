// Processes: started in a group of their own, their memory as the system shares it out, ended by their numbers.
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Starts a program whose output nobody waits for. */
export const start = (program, words, env) => spawn(program, words, { env: { ...process.env, ...env }, stdio: 'ignore' })

const text = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A process and all that it started, by their numbers. */
export function family(pid) {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), Number(text(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1])]))
  const all = [pid]
  for (const known of all) for (const [child, parent] of parents) if (parent === known) all.push(child)
  return all
}

/** The memory of processes in bytes, each page that several share counted to each by its part. */
export function memory(pids) {
  return pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(text(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024, 0)
}

/** The memory of each of the processes, by their names. */
export const shares = (pids) => pids.map((pid) => [text(`/proc/${pid}/comm`).trim(), Math.round(memory([pid]) / 1e6)])

/** What a process was started with in its environment. */
export const variables = (pid) => Object.fromEntries(text(`/proc/${pid}/environ`).split('\0').filter(Boolean).map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]))

const runs = (pid) => { const stat = text(`/proc/${pid}/stat`); return stat !== '' && stat.split(') ').at(-1)[0] !== 'Z' }

/** Ends processes that were started here, and waits until they are gone. */
export async function end(pids) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (const pid of pids.filter(runs)) try { process.kill(pid, signal) } catch { /* It has just ended by itself. */ }
    for (let tries = 0; tries < 100 && pids.some(runs); tries += 1) await wait(20)
  }
}
