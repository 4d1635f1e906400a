import type { z } from 'zod';
import type { OperationContract } from '../../../src/api/operation.ts';
import { formatPath } from '../../../src/api/fieldErrors.ts';
import type { Observation } from '../../../src/core/alerts/observation.ts';
import { senderOf } from '../../../src/core/identity.ts';
import { mapSeverity } from '../../../src/core/alerts/severity.ts';
import type { Labels } from '../../../src/core/labels.ts';
import { SERVICE_LABELS } from '../../../src/core/services/service.ts';
import type { Deps } from '../../deps.ts';
import type { SeenRequest } from '../../store/seenRequest.ts';
import { auditEntry } from '../auditEntry.ts';
import type { Call } from '../operation.ts';

/** What became of one alert of a request: an observation, or the sentence that refuses it. */
export type ParsedAlert = { readonly observation: Observation; readonly cut: number } | { readonly reason: string };

export interface IntakeSummary {
  readonly accepted: number;
  readonly rejected: Array<{ index: number; reason: string }>;
  readonly cut: number;
}

export interface Intake {
  readonly contract: Pick<OperationContract, 'name' | 'path'>;
  readonly call: Call;
  readonly parsed: readonly ParsedAlert[];
  /** Of a request that must not be taken twice. */
  readonly once?: SeenRequest | undefined;
}

/** Commits what is valid and lists what is not. Resolves after the commit. A request that was taken before does nothing. */
export async function takeIn(deps: Deps, { contract, call, parsed, once }: Intake): Promise<IntakeSummary> {
  const { identity } = call;
  deps.intakeBound.weigh(identity, parsed.length, call.now);
  const observations: Observation[] = [];
  const rejected: Array<{ index: number; reason: string }> = [];
  let cut = 0;
  for (const [index, item] of parsed.entries()) {
    if ('observation' in item) {
      observations.push(item.observation);
      cut += item.cut;
    } else {
      rejected.push({ index, reason: item.reason });
    }
  }
  if (observations.length > 0) {
    if (!(await deps.pipeline.ingest(identity.namespace, observations, { sender: senderOf(identity), once }))) {
      return { accepted: 0, rejected: [], cut: 0 };
    }
    deps.metrics.ingested.inc({ source: observations[0]?.source ?? '' }, observations.length);
  }
  deps.metrics.rejected.inc(rejected.length);
  await noteSender(deps, { contract, call }, { accepted: observations.length, rejected: rejected.length });
  return { accepted: observations.length, rejected, cut };
}

/** Who may do more than send alerts, and does send some, is named in the audit: such alerts are a person's doing. */
async function noteSender(
  { auditNotes }: Deps,
  { contract, call }: Pick<Intake, 'contract' | 'call'>,
  after: { accepted: number; rejected: number }
): Promise<void> {
  if (call.identity.intakeOnly) {
    return;
  }
  const facts = { object: contract.path, before: null, after };
  const entry = auditEntry(contract, { call, facts, outcome: 'done' });
  await auditNotes.note({ namespace: call.identity.namespace, entry, kind: '' });
}

/** Labels that name the service, first present first; `job` and the like are what Prometheus' own rules carry. */
export function serviceOf(labels: Labels): string {
  const name = SERVICE_LABELS.find((label) => (labels[label] ?? '') !== '');
  return name === undefined ? '' : (labels[name] ?? '');
}

/** The sentence for lists: what the sender wrote, else the alert's name with its service. */
export function summaryOf(labels: Labels, annotations: Labels): string {
  const written =
    annotations['summary'] ?? annotations['title'] ?? annotations['description'] ?? annotations['message'];
  if (written !== undefined) {
    return written.split('\n', 1)[0]?.slice(0, 300) ?? '';
  }
  const service = serviceOf(labels);
  const name = labels['alertname'] ?? 'alert';
  return service === '' ? name : `${service}: ${name}`;
}

export const severityOf = (labels: Labels): Pick<Observation, 'severity' | 'severityMappedFrom'> => {
  const { severity, mappedFrom } = mapSeverity(labels['severity'] ?? labels['level'] ?? labels['priority']);
  return { severity, severityMappedFrom: mappedFrom ?? null };
};

/** Where and what went wrong first, for the answer's list of refused alerts. */
export function firstIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  const where = formatPath(issue?.path ?? []);
  return `${where === '' ? 'the alert' : where}: ${issue?.message ?? 'not an alert'}`;
}

/** Only web addresses become links. */
export const linkOf = (url: string | undefined): string | null =>
  url !== undefined && /^https?:\/\//i.test(url) ? url.slice(0, 2048) : null;
