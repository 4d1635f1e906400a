import * as contract from '../../../src/api/thresholds.ts';
import { ANY_SERVICE, type Threshold } from '../../../src/core/thresholds/threshold.ts';
import { EngineError } from '../../errors.ts';
import { query } from '../operation.ts';
import { specView, thresholdView } from './thresholdView.ts';

const nameOf = ({ signal }: Threshold): string => (typeof signal === 'string' ? signal : signal.expr);
const serviceOrder = ({ service }: Threshold): string => (service === ANY_SERVICE ? '' : service);

const byService = (a: Threshold, b: Threshold): number =>
  serviceOrder(a).localeCompare(serviceOrder(b)) || nameOf(a).localeCompare(nameOf(b)) || a.id.localeCompare(b.id);

/** Thresholds are few (thousands at most) and ordered by what a person reads: the cursor is the place in that order. */
export const listThresholds = query(contract.listThresholds, async (deps, { identity }, { service, limit, cursor }) => {
  const all = await deps.store.read.thresholds.list(identity.namespace);
  const wanted = all.filter((threshold) => service === undefined || threshold.service === service).toSorted(byService);
  const start = cursor === undefined ? 0 : wanted.findIndex(({ id }) => id === cursor) + 1;
  if (cursor !== undefined && start === 0) {
    throw new EngineError(
      'cursor_expired',
      'The threshold at which the last page ended is gone; start again without a cursor.'
    );
  }
  const items = wanted.slice(start, start + (limit ?? wanted.length));
  const last = items.at(-1);
  const more = start + items.length < wanted.length;
  return { items: items.map(thresholdView), next: more && last !== undefined ? last.id : null };
});

export const getThreshold = query(contract.getThreshold, async (deps, { identity }, { id }) => {
  const threshold = await deps.store.read.thresholds.get(identity.namespace, id);
  if (threshold === undefined) {
    throw new EngineError('not_found', `There is no threshold ${id}.`);
  }
  return { threshold: thresholdView(threshold) };
});

export const listThresholdVersions = query(contract.listThresholdVersions, async (deps, { identity }, { id }) => {
  const versions = await deps.store.read.thresholds.versions(identity.namespace, id);
  if (versions.length === 0) {
    throw new EngineError('not_found', `There is no threshold ${id}, and there never was.`);
  }
  return {
    items: versions.map((version) => ({ ...version, spec: version.spec === null ? null : specView(version.spec) })),
  };
});
