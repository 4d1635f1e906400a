import { matchingLabels } from '../../../src/core/routing/matchingLabels.ts';
import * as contract from '../../../src/api/routing.ts';
import type { SilenceView } from '../../../src/api/routing.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { compileMatchers } from '../../../src/core/matchers.ts';
import { silenceState, type Silence } from '../../../src/core/routing/silence.ts';
import { addMs, days, type EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import { change, query, type ChangeCall } from '../operation.ts';
import { alertView } from '../alerts/alertView.ts';

const DEFAULT_LIMIT = 100;
const PREVIEW_ITEMS = 100;
const ID_BYTES = 12;
/** A silence is an exception, not a setting: a year is the most. */
const LONGEST = days(366);

const facts = ({ matchers, startsAt, endsAt, comment }: Silence) => ({
  matchers: matchers.map((matcher) => ({ ...matcher })),
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  comment,
});

function countMatching(deps: Deps, silence: Pick<Silence, 'matchers'>, open: readonly Alert[]): number {
  const matches = compileMatchers(silence.matchers, deps.compileRegex);
  return open.filter((alert) => matches(matchingLabels(alert))).length;
}

function view(deps: Deps, silence: Silence, context: { open: readonly Alert[]; now: EpochMs }): SilenceView {
  const { namespace: _namespace, matchers, ...shown } = silence;
  return {
    ...shown,
    matchers: matchers.map((matcher) => ({ ...matcher })),
    state: silenceState(silence, context.now),
    matching: countMatching(deps, silence, context.open),
  };
}

export const listSilences = query(contract.listSilences, async (deps, { identity, now }, { state, limit, cursor }) => {
  const { namespace } = identity;
  const open = await deps.store.read.alerts.listOpen(namespace);
  const onlyLive = state !== undefined && !state.includes('expired');
  const page = await deps.store.read.silences.list(namespace, {
    limit: limit ?? DEFAULT_LIMIT,
    cursor,
    ...(onlyLive ? { endsAfter: now } : {}),
  });
  const views = page.items.map((silence) => view(deps, silence, { open, now }));
  return { items: views.filter((silence) => state === undefined || state.includes(silence.state)), next: page.next };
});

export interface SilenceDraft {
  readonly matchers: Silence['matchers'];
  readonly startsAt?: EpochMs | undefined;
  readonly endsAt: EpochMs;
  readonly comment: string;
  readonly createdBy: string;
}

/** Makes a silence, or replaces one (Alertmanager's clients edit by id). @throws EngineError `invalid_input` */
export async function saveSilence(
  deps: Deps,
  call: ChangeCall,
  draft: SilenceDraft & { id?: string }
): Promise<Silence> {
  const { tx, identity, now } = call;
  const startsAt = draft.startsAt ?? now;
  requireSpan(startsAt, draft.endsAt, now);
  requireNarrow(deps, draft);
  const before = draft.id === undefined ? undefined : await tx.silences.get(identity.namespace, draft.id);
  if (draft.id !== undefined && before === undefined) {
    throw new EngineError('not_found', `There is no silence ${draft.id}.`);
  }
  const silence: Silence = {
    id: before?.id ?? deps.randomId(ID_BYTES),
    namespace: identity.namespace,
    matchers: draft.matchers,
    startsAt,
    endsAt: draft.endsAt,
    createdBy: draft.createdBy,
    comment: draft.comment,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  await store(deps, call, silence);
  return silence;
}

async function store(deps: Deps, { tx, identity }: ChangeCall, silence: Silence): Promise<void> {
  await tx.silences.save(silence);
  await deps.pipeline.refreshSuppression(tx, identity.namespace);
  await tx.changes.append(identity.namespace, [{ topic: 'silences', id: silence.id }]);
}

function requireSpan(startsAt: EpochMs, endsAt: EpochMs, now: EpochMs): void {
  const fail = (message: string): never => {
    throw new EngineError('invalid_input', `endsAt: ${message}`, { errors: [{ path: 'endsAt', message }] });
  };
  if (endsAt <= now) {
    fail('expected a time in the future');
  }
  if (endsAt <= startsAt) {
    fail('expected a time after startsAt');
  }
  if (endsAt > addMs(startsAt, LONGEST)) {
    fail('expected at most a year after startsAt');
  }
}

/** Matchers that hold for a label set without labels would silence everything. */
function requireNarrow(deps: Deps, { matchers }: SilenceDraft): void {
  if (compileMatchers(matchers, deps.compileRegex)({})) {
    throw new EngineError(
      'invalid_input',
      'matchers: at least one must not match an empty value, or everything would be silenced',
      {
        errors: [{ path: 'matchers', message: 'at least one must not match an empty value' }],
      }
    );
  }
}

export const createSilence = change(contract.createSilence, async (deps, call, input) => {
  const silence = await saveSilence(deps, call, { ...input, createdBy: call.identity.name });
  const open = await call.tx.alerts.listOpen(call.identity.namespace);
  return {
    output: { silence: view(deps, silence, { open, now: call.now }) },
    audit: { object: `silence ${silence.id}`, before: null, after: facts(silence) },
  };
});

export const expireSilence = change(contract.expireSilence, async (deps, call, { id }) => {
  const { tx, identity, now } = call;
  const before = await tx.silences.get(identity.namespace, id);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no silence ${id}.`);
  }
  if (silenceState(before, now) === 'expired') {
    throw new EngineError('conflict', `Silence ${id} has ended already.`);
  }
  const silence: Silence = { ...before, endsAt: now, updatedAt: now };
  await store(deps, call, silence);
  const open = await tx.alerts.listOpen(identity.namespace);
  return {
    output: { silence: view(deps, silence, { open, now }) },
    audit: { object: `silence ${id}`, before: facts(before), after: facts(silence) },
  };
});

export const previewSilence = query(contract.previewSilence, async (deps, { identity }, { matchers }) => {
  const matches = compileMatchers(matchers, deps.compileRegex);
  const matching = (await deps.store.read.alerts.listOpen(identity.namespace)).filter((alert) =>
    matches(matchingLabels(alert))
  );
  return { total: matching.length, items: matching.slice(0, PREVIEW_ITEMS).map(alertView) };
});
