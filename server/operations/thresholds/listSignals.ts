import * as contract from '../../../src/api/thresholds.ts';
import { ageAt, isAgeSignal } from '../../../src/core/signals/age.ts';
import { SIGNALS, type Signal } from '../../../src/core/signals/catalogue.ts';
import type { Deps } from '../../deps.ts';
import { mapAtMost } from '../../mapAtMost.ts';
import { query, type Call } from '../operation.ts';

/** Leaves room for the questions of others in the source's bulkhead of ten. */
const AT_ONCE = 4;

export const listSignals = query(contract.listSignals, async (deps, call, { service }) => ({
  items: await mapAtMost(AT_ONCE, SIGNALS, async (signal) => ({
    ...signal,
    current: service === undefined ? null : await currentValue(deps, call, { signal, service }),
  })),
}));

/** Null where the service has no such signal, no traffic, or the source does not answer: a form works without it. */
async function currentValue(
  deps: Deps,
  { identity, signal: abort }: Call,
  of: { signal: Signal; service: string }
): Promise<number | null> {
  if (isAgeSignal(of.signal.name)) {
    const newest = deps.discovery.newest(identity.namespace, of.signal.name);
    const at = newest?.byService.get(of.service);
    return newest === undefined || at === undefined ? null : ageAt(at, newest.askedAt);
  }
  const expr = deps.discovery.signalExpr(identity.namespace, of.signal.name, of.service);
  const prometheus = deps.sources.prometheus(identity.namespace);
  if (expr === undefined || prometheus === undefined) {
    return null;
  }
  try {
    const [sample] = await prometheus.instant(expr, { signal: abort });
    return sample !== undefined && Number.isFinite(sample.value) ? sample.value : null;
  } catch {
    return null;
  }
}
