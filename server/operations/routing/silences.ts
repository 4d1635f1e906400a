import { matchingLabels } from '../../../src/core/routing/matchingLabels.ts';
import * as contract from '../../../src/api/routing.ts';
import type { SilenceView } from '../../../src/api/routing.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { compileMatchers } from '../../../src/core/matchers.ts';
import { silenceState, type Silence } from '../../../src/core/routing/silence.ts';
import { addMs, days, type EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { AlertRepository } from '../../store/store.ts';
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

type OpenPages = ReturnType<AlertRepository['openPages']>;

/** Silences with how many of the open alerts each matches, in the order given. */
async function viewAll(
  deps: Deps,
  silences: readonly Silence[],
  { open, now }: { open: OpenPages; now: EpochMs }
): Promise<SilenceView[]> {
  const counted = silences.map((silence) => ({
    ...{ silence, matching: 0 },
    matches: compileMatchers(silence.matchers, deps.compileRegex),
  }));
  if (counted.length > 0) {
    for await (const page of open) {
      const labels = page.map(matchingLabels);
      for (const one of counted) {
        one.matching += labels.filter(one.matches).length;
      }
    }
  }
  return counted.map(({ silence, matching }) => view(silence, matching, now));
}

async function viewOne(deps: Deps, { tx, identity, now }: ChangeCall, silence: Silence): Promise<SilenceView> {
  const [shown] = await viewAll(deps, [silence], { open: tx.alerts.openPages(identity.namespace), now });
  return shown ?? view(silence, 0, now);
}

function view(silence: Silence, matching: number, now: EpochMs): SilenceView {
  const { namespace: _namespace, matchers, ...shown } = silence;
  return {
    ...shown,
    matchers: matchers.map((matcher) => ({ ...matcher })),
    state: silenceState(silence, now),
    matching,
  };
}

export const listSilences = query(contract.listSilences, async (deps, { identity, now }, { state, limit, cursor }) => {
  const { namespace } = identity;
  const onlyLive = state !== undefined && !state.includes('expired');
  const page = await deps.store.read.silences.list(namespace, {
    limit: limit ?? DEFAULT_LIMIT,
    cursor,
    ...(onlyLive ? { endsAfter: now } : {}),
  });
  const wanted = page.items.filter((silence) => state === undefined || state.includes(silenceState(silence, now)));
  const open = deps.store.read.alerts.openPages(namespace);
  return { items: await viewAll(deps, wanted, { open, now }), next: page.next };
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
  return {
    output: { silence: await viewOne(deps, call, silence) },
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
  return {
    output: { silence: await viewOne(deps, call, silence) },
    audit: { object: `silence ${id}`, before: facts(before), after: facts(silence) },
  };
});

export const previewSilence = query(contract.previewSilence, async (deps, { identity }, { matchers }) => {
  const matches = compileMatchers(matchers, deps.compileRegex);
  const shown: Alert[] = [];
  let total = 0;
  for await (const page of deps.store.read.alerts.openPages(identity.namespace)) {
    const matching = page.filter((alert) => matches(matchingLabels(alert)));
    shown.push(...matching.slice(0, PREVIEW_ITEMS - shown.length));
    total += matching.length;
  }
  return { total, items: shown.map(alertView) };
});
