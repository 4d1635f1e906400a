import { seconds, sinceMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { messageOf } from '../../errors.ts';

/** The loop looks at least every 30 s: three looks missed is no chance. */
const HANGS_AFTER = seconds(90);

/** Why the engine is not ready; empty when it is. Only what it cannot do without: a lost Prometheus makes it degraded, not unready. */
export async function notReady(
  deps: Pick<Deps, 'delivery' | 'startedAt' | 'clock' | 'store'>
): Promise<readonly string[]> {
  const lookedAt = deps.delivery.lookedAt() ?? deps.startedAt;
  const hangs = sinceMs(lookedAt, deps.clock.now()) > HANGS_AFTER;
  const loop = hangs ? [`The job loop has not looked for notifications since ${new Date(lookedAt).toISOString()}`] : [];
  try {
    await deps.store.check();
    return loop;
  } catch (error) {
    return [`The store cannot be written: ${messageOf(error)}`, ...loop];
  }
}
