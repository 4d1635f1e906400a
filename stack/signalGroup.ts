import { isCode } from './errors.ts';

/** Signals a process and all of its group. A group that has ended already is no error: that is what was wanted. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!isCode(error, 'ESRCH')) {
      throw error;
    }
  }
}
