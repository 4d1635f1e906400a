import { compileMatchers } from '../../../src/core/matchers.ts';
import { expired, keepsItsPast, silenceState, type Silence } from '../../../src/core/routing/silence.ts';
import { addMs, days, type EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { AuditFacts, ChangeCall } from '../operation.ts';

const ID_BYTES = 12;
/** A silence is an exception, not a setting: a year is the most. */
const LONGEST = days(366);

export interface SilenceDraft {
  readonly matchers: Silence['matchers'];
  /** Default: now, or the start of the silence that is edited. */
  readonly startsAt?: EpochMs | undefined;
  readonly endsAt: EpochMs;
  readonly comment: string;
  /** Default: the caller, or whoever made the silence that is edited. */
  readonly createdBy?: string | undefined;
}

export interface SilenceSaved {
  readonly silence: Silence;
  /** The one that was ended, because what is asked for could not be made of it. */
  readonly replaced: Silence | undefined;
  readonly audit: AuditFacts;
}

/** Makes a silence. @throws EngineError `invalid_input` */
export async function addSilence(deps: Deps, call: ChangeCall, draft: SilenceDraft): Promise<SilenceSaved> {
  const silence = fresh(deps, call, draft);
  await store(deps, call, { made: silence });
  return { silence, replaced: undefined, audit: auditOf(undefined, silence) };
}

/** Changes a silence where it stands, or ends it and makes another: see `keepsItsPast`. @throws EngineError `invalid_input`, `not_found` */
export async function editSilence(
  deps: Deps,
  call: ChangeCall,
  { id, ...draft }: SilenceDraft & { readonly id: string }
): Promise<SilenceSaved> {
  const { tx, identity, now } = call;
  const before = await tx.silences.get(identity.namespace, id);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no silence ${id}.`);
  }
  const alive = silenceState(before, now) !== 'expired';
  const startsAt = draft.startsAt ?? (alive ? before.startsAt : now);
  if (!keepsItsPast(before, { ...draft, startsAt }, now)) {
    const silence = fresh(deps, call, { ...draft, startsAt });
    const replaced = alive ? expired(before, now) : undefined;
    await store(deps, call, { ended: replaced, made: silence });
    return { silence, replaced, audit: auditOf(before, silence) };
  }
  const silence: Silence = {
    ...before,
    // Clients that send whole seconds do not mean to move a start that has passed.
    startsAt: before.startsAt <= now ? before.startsAt : startsAt,
    endsAt: draft.endsAt,
    comment: draft.comment,
    createdBy: draft.createdBy ?? before.createdBy,
    updatedAt: now,
  };
  requireSpan(silence, now);
  await store(deps, call, { made: silence });
  return { silence, replaced: undefined, audit: auditOf(before, silence) };
}

/** Ends a silence now. @throws EngineError `not_found`, and `conflict` when it has ended */
export async function endSilence(deps: Deps, call: ChangeCall, id: string): Promise<SilenceSaved> {
  const { tx, identity, now } = call;
  const before = await tx.silences.get(identity.namespace, id);
  if (before === undefined) {
    throw new EngineError('not_found', `There is no silence ${id}.`);
  }
  if (silenceState(before, now) === 'expired') {
    throw new EngineError('conflict', `Silence ${id} has ended already.`);
  }
  const silence = expired(before, now);
  await store(deps, call, { ended: silence });
  return { silence, replaced: undefined, audit: auditOf(before, silence) };
}

function fresh(deps: Deps, { identity, now }: ChangeCall, draft: SilenceDraft): Silence {
  // Nothing was kept quiet before it was made.
  const startsAt = draft.startsAt === undefined || draft.startsAt < now ? now : draft.startsAt;
  requireSpan({ startsAt, endsAt: draft.endsAt }, now);
  requireNarrow(deps, draft);
  return {
    id: deps.randomId(ID_BYTES),
    namespace: identity.namespace,
    matchers: draft.matchers,
    startsAt,
    endsAt: draft.endsAt,
    createdBy: draft.createdBy ?? identity.name,
    madeBy: identity.name,
    comment: draft.comment,
    createdAt: now,
    updatedAt: now,
  };
}

interface Changed {
  readonly ended?: Silence | undefined;
  readonly made?: Silence;
}

/** One look at the alerts after all of them: what passes from one silence to the next is not let out in between. */
async function store(deps: Deps, { tx, identity }: ChangeCall, { ended, made }: Changed): Promise<void> {
  const silences = [ended, made].filter((silence) => silence !== undefined);
  for (const silence of silences) {
    await tx.silences.save(silence);
  }
  await deps.pipeline.refreshSuppression(tx, identity.namespace, ended && { id: ended.id, by: identity.name });
  await tx.changes.append(
    identity.namespace,
    silences.map(({ id }) => ({ topic: 'silences', id }))
  );
}

function requireSpan({ startsAt, endsAt }: Pick<Silence, 'startsAt' | 'endsAt'>, now: EpochMs): void {
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

const facts = ({ id, matchers, startsAt, endsAt, createdBy, comment }: Silence) => ({
  ...{ id, createdBy, comment },
  matchers: matchers.map((matcher) => ({ ...matcher })),
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
});

const auditOf = (before: Silence | undefined, after: Silence): AuditFacts => ({
  object: `silence ${after.id}`,
  before: before === undefined ? null : facts(before),
  after: facts(after),
});
