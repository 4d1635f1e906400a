import * as contract from '../../../src/api/thresholds.ts';
import type { ThresholdInput } from '../../../src/api/thresholds.ts';
import { specOf, type Threshold } from '../../../src/core/thresholds/threshold.ts';
import { EngineError } from '../../errors.ts';
import { change, type ChangeCall } from '../operation.ts';
import {
  reloadEvaluator,
  requireThreshold,
  requireVersion,
  saveThresholds,
  specFrom,
  type ThresholdChange,
} from './saveThreshold.ts';
import { specFacts, thresholdView } from './thresholdView.ts';

const ID_BYTES = 9;

export const createThreshold = change(contract.createThreshold, async (deps, call, { reason, ...input }) => {
  const spec = specFrom(input);
  const id = deps.randomId(ID_BYTES);
  const [saved] = await saveThresholds(call, [{ before: undefined, id, version: 1, spec, change: 'created', reason }]);
  return {
    output: { threshold: thresholdView(one(saved)) },
    audit: { object: `threshold ${id}`, before: null, after: specFacts(spec) },
    afterCommit: reloadEvaluator(deps),
  };
});

export const updateThreshold = change(
  contract.updateThreshold,
  async (deps, call, { id, version, reason, ...input }) => {
    const before = await requireThreshold(call, id);
    requireVersion(before, version);
    const spec = specFrom(input);
    const [saved] = await saveThresholds(call, [
      { before, id, version: before.version + 1, spec, change: 'updated', reason },
    ]);
    return {
      output: { threshold: thresholdView(one(saved)) },
      audit: { object: `threshold ${id}`, before: specFacts(specOf(before)), after: specFacts(spec) },
      afterCommit: reloadEvaluator(deps),
    };
  }
);

export const patchThresholds = change(contract.patchThresholds, async (deps, call, { items, reason }) => {
  const repeated = items.find((item, index) => items.findIndex((other) => other.id === item.id) !== index);
  if (repeated !== undefined) {
    throw new EngineError('invalid_input', `items: threshold ${repeated.id} is given twice; expected each once`);
  }
  const changes: ThresholdChange[] = [];
  for (const [index, item] of items.entries()) {
    changes.push(await patchOne(call, item, { index, reason }));
  }
  const saved = await saveThresholds(call, changes);
  const facts = (of: (change: ThresholdChange) => Threshold | ThresholdChange['spec']) =>
    Object.fromEntries(changes.map((item) => [item.id, specFacts(of(item))]));
  return {
    output: { items: saved.map(thresholdView) },
    audit: {
      object: `${changes.length} thresholds`,
      before: facts((item) => (item.before === undefined ? item.spec : specOf(item.before))),
      after: facts((item) => item.spec),
    },
    afterCommit: reloadEvaluator(deps),
  };
});

type PatchItem = { id: string; version?: number | undefined } & {
  [K in keyof ThresholdInput]?: ThresholdInput[K] | undefined;
};

async function patchOne(
  call: ChangeCall,
  { id, version, ...patch }: PatchItem,
  context: { index: number; reason: string }
): Promise<ThresholdChange> {
  const before = await requireThreshold(call, id);
  requireVersion(before, version);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const current = thresholdView(before);
  const spec = specFrom(
    { ...specOf(before), labels: current.labels, signal: current.signal, ...given },
    `items[${context.index}]`
  );
  return { before, id, version: before.version + 1, spec, change: 'updated', reason: context.reason };
}

export const deleteThreshold = change(contract.deleteThreshold, async (deps, call, { id, reason }) => {
  const { tx, identity, now } = call;
  const before = await requireThreshold(call, id);
  await tx.thresholds.delete(identity.namespace, id);
  await tx.thresholds.appendVersions(identity.namespace, [
    {
      thresholdId: id,
      version: before.version + 1,
      at: now,
      by: identity.name,
      reason: reason ?? '',
      change: 'deleted',
      spec: null,
    },
  ]);
  await tx.changes.append(identity.namespace, [{ topic: 'thresholds', id }]);
  return {
    output: {},
    audit: { object: `threshold ${id}`, before: specFacts(specOf(before)), after: null },
    afterCommit: reloadEvaluator(deps),
  };
});

export const revertThreshold = change(contract.revertThreshold, async (deps, call, { id, version, reason }) => {
  const { tx, identity } = call;
  const versions = await tx.thresholds.versions(identity.namespace, id);
  const wanted = versions.find((candidate) => candidate.version === version);
  if (wanted === undefined || wanted.spec === null) {
    throw new EngineError('not_found', `Threshold ${id} has no version ${version} to go back to.`);
  }
  const before = await tx.thresholds.get(identity.namespace, id);
  const next = Math.max(...versions.map((candidate) => candidate.version)) + 1;
  const [saved] = await saveThresholds(call, [
    {
      before,
      id,
      version: next,
      spec: wanted.spec,
      change: 'reverted',
      reason: reason === '' ? `back to version ${version}` : reason,
    },
  ]);
  return {
    output: { threshold: thresholdView(one(saved)) },
    audit: {
      object: `threshold ${id}`,
      before: before === undefined ? null : specFacts(specOf(before)),
      after: specFacts(wanted.spec),
    },
    afterCommit: reloadEvaluator(deps),
  };
});

function one(saved: Threshold | undefined): Threshold {
  if (saved === undefined) {
    throw new EngineError('internal', 'A threshold was stored but not returned.');
  }
  return saved;
}
