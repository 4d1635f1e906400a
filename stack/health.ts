import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Child, Exit } from './supervise.ts';

export interface HealthWait {
  /** Asked until it answers 2xx. */
  readonly url: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

export type Health = { readonly healthy: true } | { readonly healthy: false; readonly because: string };

const askEveryMs = 250;
const answerWithinMs = 2_000;

/** Waits until a child answers, has died, or the deadline has passed; the reason names the log to read. */
export async function waitHealthy(child: Child, { url, deadlineMs, signal }: HealthWait): Promise<Health> {
  let exit: Exit | undefined;
  void child.exited.then((ended) => {
    exit = ended;
  });
  const deadline = Date.now() + deadlineMs;
  let last = 'no answer';
  while (Date.now() < deadline && !signal.aborted) {
    const answer = await ask(url, signal);
    if (exit !== undefined) {
      return { healthy: false, because: `${describeExit(exit)}; see ${child.logFile}` };
    }
    if (answer === undefined) {
      return { healthy: true };
    }
    last = answer;
    await delay(askEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return signal.aborted
    ? { healthy: false, because: 'the start was stopped' }
    : { healthy: false, because: `not healthy after ${deadlineMs / 1000} s (${last}); see ${child.logFile}` };
}

/** @returns undefined for 2xx, else what went wrong */
async function ask(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]) });
    const text = (await response.text()).trim().split('\n')[0] ?? '';
    return response.ok ? undefined : `answers ${response.status} ${text.slice(0, 100)}`.trim();
  } catch {
    return 'no answer';
  }
}

/** "ended with code 1", "was killed by SIGKILL", "could not be started: …". */
export function describeExit(exit: Exit): string {
  if (exit.error !== undefined) {
    return `could not be started: ${exit.error}`;
  }
  return exit.signal === null ? `ended with code ${exit.code}` : `was killed by ${exit.signal}`;
}

const shownLines = 8;

/** The end of a log, indented: what a program says before it gives up is usually why. */
export async function readLastLines(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-shownLines);
  return lines.map((line) => `    ${line}`).join('\n');
}
