import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { signalGroup } from './signalGroup.ts';

const processSchema = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  /** Start time in clock ticks since boot: a process id alone may have been given to somebody else. */
  startTicks: z.string(),
});

const stateSchema = z.object({
  pid: z.number().int().positive(),
  startTicks: z.string(),
  startedAt: z.string(),
  addresses: z.record(z.string(), z.string()),
  /** Base addresses of the demo's control and inbox; null when it was not started. */
  demo: z.object({ control: z.string(), inbox: z.string() }).nullable(),
  processes: z.array(processSchema),
});

/** What runs in a data directory, for the other commands: `<data>/stack.json`. */
export type StackState = z.infer<typeof stateSchema>;

function getFile(dataDir: string): string {
  return path.join(dataDir, 'stack.json');
}

/** @returns undefined when nothing was started there, or the file is unreadable */
export async function readState(dataDir: string): Promise<StackState | undefined> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(getFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

export async function writeState(dataDir: string, state: StackState): Promise<void> {
  const draft = `${getFile(dataDir)}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`);
  await rename(draft, getFile(dataDir));
}

export async function removeState(dataDir: string): Promise<void> {
  await rm(getFile(dataDir), { force: true });
}

/** Field 22 of `/proc/<pid>/stat`, see proc_pid_stat(5); empty when there is no such process. */
export function getStartTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

export function isAlive(process: { readonly pid: number; readonly startTicks: string }): boolean {
  return process.startTicks !== '' && getStartTicks(process.pid) === process.startTicks;
}

/**
 * Makes a data directory free for a new start: what a killed start left running is stopped.
 *
 * @throws Error when another start still runs there
 */
export async function takeOver(dataDir: string): Promise<string[]> {
  const state = await readState(dataDir);
  if (state === undefined) {
    return [];
  }
  if (isAlive(state)) {
    throw new Error(
      `Pharos runs in ${dataDir} already (process ${state.pid}): stop it, or choose another folder with --data DIR.`
    );
  }
  const left = state.processes.filter(isAlive);
  left.forEach(({ pid }) => signalGroup(pid, 'SIGTERM'));
  const deadline = Date.now() + 8_000;
  while (left.some(isAlive) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  left.filter(isAlive).forEach(({ pid }) => signalGroup(pid, 'SIGKILL'));
  await removeState(dataDir);
  return left.map(({ name }) => name);
}
