import { spawn } from 'node:child_process'

const groups = new Set<number>()

const kill = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/**
 * Kills a group when this process is gone, whatever ended it: its end of the pipe closes then. The pipe is told when the
 * group has ended in good order, so that a later process with the same number is left alone.
 */
const guard = (pid: number): (() => void) => {
  const script = 'read -r done || kill -s KILL -- "-$0"'
  const child = spawn('sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return () => child.stdin.end('done\n')
}

/**
 * Watches over the process group that a detached process leads: it ends with this process at the latest. Returns what
 * kills the group at once, which is also to be called when its leader has ended by itself.
 */
export const watchGroup = (pid: number): (() => void) => {
  groups.add(pid)
  const dismiss = guard(pid)
  return () => {
    if (!groups.delete(pid)) return
    kill(pid)
    dismiss()
  }
}

/** Kills all processes that were started here and still run, with what they have started, before this returns. */
export const killAll = (): void => groups.forEach(kill)
