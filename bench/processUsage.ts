import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clock ticks per second of /proc (see proc_pid_stat(5)). */
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU seconds that a process has used, user and system. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may hold spaces itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of a process, bytes. */
export function residentBytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

/** Shares of one core that processes use while something goes on. */
export async function cpuSharesDuring(
  pids: readonly number[],
  work: () => Promise<unknown>
): Promise<readonly number[]> {
  const before = pids.map(cpuSecondsOf);
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  return pids.map((pid, index) => (cpuSecondsOf(pid) - (before[index] ?? 0)) / seconds);
}
