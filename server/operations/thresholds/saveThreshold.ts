import type { ThresholdInput } from '../../../src/api/thresholds.ts';
import type { Threshold, ThresholdSpec, ThresholdVersion } from '../../../src/core/thresholds/threshold.ts';
import { withDefaults, validateThreshold } from '../../../src/core/thresholds/validateThreshold.ts';
import { EngineError } from '../../errors.ts';
import type { Deps } from '../../deps.ts';
import type { ChangeCall } from '../operation.ts';

const signalKey = (signal: ThresholdSpec['signal']): string =>
  typeof signal === 'string' ? signal : `expr:${signal.expr}`;

/** Fills in defaults and checks. @throws EngineError `invalid_input` naming every wrong field; `path` is put before each */
export function specFrom(input: ThresholdInput, path = ''): ThresholdSpec {
  const spec = withDefaults(input);
  const errors = validateThreshold(spec).map((error) => ({
    ...error,
    path: path === '' ? error.path : `${path}.${error.path}`,
  }));
  const first = errors[0];
  if (first !== undefined) {
    throw new EngineError('invalid_input', `${first.path}: ${first.message}`, { errors });
  }
  return spec;
}

export async function requireThreshold(call: ChangeCall, id: string): Promise<Threshold> {
  const found = await call.tx.thresholds.get(call.identity.namespace, id);
  if (found === undefined) {
    throw new EngineError('not_found', `There is no threshold ${id}.`);
  }
  return found;
}

/** @throws EngineError `conflict` when the caller has read an older version than the stored one */
export function requireVersion(threshold: Threshold, version: number | undefined): void {
  if (version !== undefined && version !== threshold.version) {
    throw new EngineError(
      'conflict',
      `Threshold ${threshold.id} was changed by ${threshold.updatedBy} since you read it (version ${threshold.version}, yours ${version}). Load it again.`
    );
  }
}

export interface ThresholdChange {
  readonly before: Threshold | undefined;
  readonly id: string;
  /** Number of the version that this makes; the stored one plus one where there is one. */
  readonly version: number;
  readonly spec: ThresholdSpec;
  readonly change: ThresholdVersion['change'];
  readonly reason: string;
}

/** Stores changes with their versions in the history. @throws EngineError `conflict` when two would watch the same service and signal */
export async function saveThresholds(
  call: ChangeCall,
  changes: readonly ThresholdChange[]
): Promise<readonly Threshold[]> {
  const { tx, identity, now } = call;
  const saved = changes.map(({ before, id, version, spec }): Threshold => ({
    ...spec,
    ...{ id, version, namespace: identity.namespace },
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    updatedBy: identity.name,
  }));
  await requireUnique(call, saved);
  await tx.thresholds.save(saved);
  await tx.thresholds.appendVersions(
    identity.namespace,
    changes.map(({ id, version, spec, change, reason }) => ({
      thresholdId: id,
      version,
      at: now,
      by: identity.name,
      reason,
      change,
      spec,
    }))
  );
  await tx.changes.append(
    identity.namespace,
    saved.map(({ id }) => ({ topic: 'thresholds', id }))
  );
  return saved;
}

async function requireUnique(call: ChangeCall, saved: readonly Threshold[]): Promise<void> {
  const ids = new Set(saved.map(({ id }) => id));
  const others = (await call.tx.thresholds.list(call.identity.namespace)).filter(({ id }) => !ids.has(id));
  const taken = new Map(
    others.map((threshold) => [`${threshold.service}\n${signalKey(threshold.signal)}`, threshold.id])
  );
  for (const threshold of saved) {
    const key = `${threshold.service}\n${signalKey(threshold.signal)}`;
    const other = taken.get(key);
    if (other !== undefined) {
      throw new EngineError(
        'conflict',
        `There is a threshold for this service and signal already (${other}); change that one.`,
        {
          errors: [{ path: 'signal', message: 'is watched by another threshold of this service already' }],
        }
      );
    }
    taken.set(key, threshold.id);
  }
}

/** What follows a change of thresholds: the evaluator compiles them anew. */
export const reloadEvaluator = (deps: Deps) => (): void => deps.evaluator.reload();
