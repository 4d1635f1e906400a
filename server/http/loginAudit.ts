import { DEFAULT_NAMESPACE } from '../../src/core/identity.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Deps } from '../deps.ts';
import type { AuditEntry } from '../store/auditRepository.ts';
import type { StoredLoginLink, StoredSession } from '../store/store.ts';
import { NOBODY } from './auditNotes.ts';
import { refusalOf } from './recordRefusal.ts';

/** Who is at the door, as far as the engine can tell. */
export interface Visitor {
  readonly requestId: string;
  /** The peer of the socket: behind a proxy that is the proxy. */
  readonly from: string;
  readonly userAgent: string;
}

export type DoorAction = 'login' | 'logout';

type PersonOfSession = Pick<StoredSession, 'id' | 'name' | 'role'>;

/** The row of somebody who came in or went. */
export const sessionEntry = (
  { requestId, from, userAgent }: Visitor,
  { action, session: { id, name, role }, now }: { action: DoorAction; session: PersonOfSession; now: AuditEntry['at'] }
): AuditEntry => ({
  ...{ at: now, actor: `session:${id}`, actorName: name, action, object: `session ${id}`, outcome: 'done' },
  ...{ before: null, after: { name, role, from, userAgent }, requestId },
});

export interface Refused {
  readonly action: DoorAction;
  readonly error: unknown;
  /** What is known of whoever tried: their session, or the link that they held. */
  readonly session?: StoredSession | undefined;
  readonly link?: StoredLoginLink | undefined;
}

/** Writes who was not let in or out, and from where; the same again within a minute is counted. Never throws. */
export async function noteRefusedVisit(
  { auditNotes, clock }: Deps,
  { requestId, from, userAgent }: Visitor,
  { action, error, session, link }: Refused
): Promise<void> {
  const { outcome, after } = refusalOf(error);
  const known: JsonObject = session || link ? { name: (session ?? link)?.name ?? '' } : {};
  await auditNotes.note({
    namespace: (session ?? link)?.namespace ?? DEFAULT_NAMESPACE,
    entry: {
      ...{
        at: clock.now(),
        actor: NOBODY,
        actorName: NOBODY,
        action,
        object: objectOf({ session, link }),
        outcome,
      },
      ...{ before: null, after: { ...after, ...known, from, userAgent }, requestId },
    },
    kind: JSON.stringify([after.code, from]),
  });
}

function objectOf({ session, link }: Pick<Refused, 'session' | 'link'>): string {
  if (session !== undefined) {
    return `session ${session.id}`;
  }
  return link === undefined ? 'session' : `login link for ${link.name}`;
}
