import { readState } from '../stack/state.ts';
import { getDataDir } from './dataDir.ts';
import type { Io } from './io.ts';

export const summary = 'Put faults on the demo shop and take them off again';

/** Hands over to the demo, and tells it where the shop of this machine listens. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [command, ...rest] = argv;
  if (command === 'backfill') {
    const { runBackfill } = await import('./demoBackfill.ts');
    return runBackfill(rest, io);
  }
  if (command === 'trace') {
    const { runTrace } = await import('./demoTrace.ts');
    return runTrace(rest, io);
  }
  const state = await readState(getDataDir(undefined, io.environment));
  const control = io.environment.DEMO_CONTROL_URL || state?.demo?.control;
  const environment = control === undefined ? io.environment : { ...io.environment, DEMO_CONTROL_URL: control };
  const demo = await import('../demo/cli.ts');
  return demo.run([...argv], { environment });
}
