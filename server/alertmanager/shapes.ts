import { matchingLabels } from '../../src/core/routing/matchingLabels.ts';
import { z } from 'zod';
import type { Alert } from '../../src/core/alerts/alert.ts';
import { compileRoutes, matchRoutes, type CompiledRoute } from '../../src/core/routing/route.ts';
import type { Matcher } from '../../src/core/matchers.ts';
import type { Silence } from '../../src/core/routing/silence.ts';
import { silenceState } from '../../src/core/routing/silence.ts';
import { addMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Deps } from '../deps.ts';

/** Alertmanager's `resolve_timeout`: how long an alert without an end is held active. */
export const RESOLVE_TIMEOUT = minutes(5);

/** Matcher of API v2: the operator in two flags. */
export const matcherV2 = z.object({
  name: z.string().min(1).max(128),
  value: z.string().max(2048),
  isRegex: z.boolean(),
  isEqual: z.boolean().default(true),
});

export function fromMatcherV2({ name, value, isRegex, isEqual }: z.output<typeof matcherV2>): Matcher {
  const regexOp = isEqual ? '=~' : '!~';
  const plainOp = isEqual ? '=' : '!=';
  return { name, value, op: isRegex ? regexOp : plainOp };
}

const toMatcherV2 = ({ name, op, value }: Matcher) => ({
  name,
  value,
  isRegex: op === '=~' || op === '!~',
  isEqual: op === '=' || op === '=~',
});

export const iso = (at: EpochMs): string => new Date(at).toISOString();

/** `GettableAlert` of Alertmanager's OpenAPI. */
export function gettableAlert(alert: Alert, context: { receivers: readonly string[]; now: EpochMs }) {
  const ids = (kind: string): string[] => alert.suppressedBy.filter((by) => by.kind === kind).map((by) => by.id);
  return {
    annotations: { ...alert.annotations },
    endsAt: iso(alert.endsAt ?? addMs(context.now, RESOLVE_TIMEOUT)),
    fingerprint: alert.fingerprint,
    receivers: context.receivers.map((name) => ({ name })),
    startsAt: iso(alert.startsAt),
    status: {
      inhibitedBy: ids('inhibition'),
      silencedBy: ids('silence'),
      mutedBy: ids('shelve'),
      state: alert.suppressedBy.length > 0 ? ('suppressed' as const) : ('active' as const),
    },
    updatedAt: iso(alert.updatedAt),
    generatorURL: alert.generatorUrl ?? '',
    labels: { ...alert.labels },
  };
}
export type GettableAlert = ReturnType<typeof gettableAlert>;

/** `GettableSilence` of Alertmanager's OpenAPI. */
export const gettableSilence = (silence: Silence, now: EpochMs) => ({
  id: silence.id,
  status: { state: silenceState(silence, now) },
  updatedAt: iso(silence.updatedAt),
  comment: silence.comment,
  createdBy: silence.createdBy,
  startsAt: iso(silence.startsAt),
  endsAt: iso(silence.endsAt),
  matchers: silence.matchers.map(toMatcherV2),
});

export async function routesOf(deps: Deps, namespace: string): Promise<readonly CompiledRoute[]> {
  return compileRoutes((await deps.store.read.routes.get(namespace)).routes, deps.compileRegex);
}

export const receiversOf = (routes: readonly CompiledRoute[], alert: Alert): readonly string[] =>
  matchRoutes(routes, matchingLabels(alert)).receivers;
