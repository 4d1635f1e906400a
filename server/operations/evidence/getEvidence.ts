import * as contract from '../../../src/api/evidence.ts';
import type { EvidenceView } from '../../../src/api/evidence.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { epochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import { query, type Call } from '../operation.ts';
import { deploysOf } from './deploysOf.ts';
import { logsOf } from './logsOf.ts';
import type { Subject } from './subject.ts';
import { tracesOf } from './tracesOf.ts';

export const getAlertEvidence = query(contract.getAlertEvidence, async (deps, call, { id }) => {
  const { namespace } = call.identity;
  const alert = await deps.store.read.alerts.get(namespace, id);
  if (alert === undefined) {
    throw new EngineError('not_found', `There is no alert ${id}.`);
  }
  const slowerThan = await latencyLevel(deps, alert);
  const { service, startsAt: at } = alert;
  return evidenceOf(deps, { ...callerOf(call), service, at, slowerThan, order: 'oldest_first' });
});

export const getServiceEvidence = query(contract.getServiceEvidence, (deps, call, { name, at }) =>
  evidenceOf(deps, {
    ...callerOf(call),
    ...{ service: name, at: at ?? call.now, slowerThan: null },
    order: at === undefined ? 'newest_first' : 'oldest_first',
  })
);

const callerOf = ({ identity, now, signal }: Call): Pick<Subject, 'namespace' | 'now' | 'signal'> => ({
  namespace: identity.namespace,
  now,
  signal,
});

/** The lower level of the threshold behind an alert, in seconds, where it watches latency. */
async function latencyLevel(deps: Deps, { namespace, source, ruleId }: Alert): Promise<number | null> {
  if (source !== 'pharos') {
    return null;
  }
  const threshold = await deps.store.read.thresholds.get(namespace, ruleId);
  const watchesLatency = typeof threshold?.signal === 'string' && threshold.signal.startsWith('latency_');
  return watchesLatency ? (threshold.warning ?? threshold.critical) : null;
}

/** Every part answers by itself and all at the same time: a source that is missing, slow or broken leaves the others standing. */
async function evidenceOf(deps: Deps, subject: Subject): Promise<EvidenceView> {
  const [deploys, logs, traces] = await Promise.all([
    deploysOf(deps, subject),
    logsOf(deps, subject),
    tracesOf(deps, subject),
  ]);
  return {
    service: subject.service,
    at: subject.at,
    deploys: {
      ...deploys,
      items: deploys.items.map((deploy) => ({ ...deploy, previous: [...deploy.previous] })),
      versions: [...deploys.versions],
    },
    logs: { ...logs, items: [...logs.items], patterns: [...logs.patterns] },
    traces: { ...traces, items: traces.items.map((trace) => ({ ...trace, failedIn: [...trace.failedIn] })) },
    windowFrom: epochMs(Math.min(logs.window.from, traces.window.from)),
    windowTo: epochMs(Math.max(logs.window.to, traces.window.to)),
  };
}
