import type { Identity } from '../../src/core/identity.ts';
import { addMs, days, hours, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Deps } from '../deps.ts';
import { EngineError, messageOf } from '../errors.ts';
import { hashToken } from '../secrets.ts';
import type { StoredLoginLink } from '../store/store.ts';
import { noteRefusedVisit, sessionEntry, type Visitor } from './loginAudit.ts';

export const SESSION_COOKIE = 'pharos_session';
const IDLE = hours(12);
const ABSOLUTE = days(7);
const TOUCH_EVERY = minutes(1);
const TOKEN_BYTES = 32;

/** The id of the session that a link turns into: of a link that comes a second time it tells whose it was. */
const sessionIdOf = (linkHash: string): string => hashToken(`session of ${linkHash}`).slice(0, 16);

/** Trades a login token for a session. @throws EngineError `unauthenticated` when it was used, has expired or never was */
export async function login(
  deps: Deps,
  token: string,
  visitor: Visitor
): Promise<{ cookie: string; identity: Identity }> {
  const now = deps.clock.now();
  const secret = deps.randomId(TOKEN_BYTES);
  const linkHash = hashToken(token);
  const id = sessionIdOf(linkHash);
  const link = await deps.store.write(async (tx) => {
    const found = await tx.sessions.consumeLink(linkHash);
    if (found !== undefined && found.expiresAt > now) {
      const { namespace, name, role } = found;
      const session = {
        ...{ namespace, name, role, id },
        hash: hashToken(secret),
        userAgent: visitor.userAgent,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: addMs(now, ABSOLUTE),
      };
      await tx.sessions.save(session);
      await tx.audit.append(namespace, sessionEntry(visitor, { action: 'login', session, now }));
    }
    return found;
  });
  if (link === undefined || link.expiresAt <= now) {
    throw await refusedLogin(deps, { link, id, visitor });
  }
  const { namespace, name, role } = link;
  return { cookie: secret, identity: { subject: `session:${id}`, name, role, namespace, intakeOnly: false } };
}

/** Says in the audit which of the three it was; the answer does not, as it may go to somebody who guesses. */
async function refusedLogin(
  deps: Deps,
  { link, id, visitor }: { link: StoredLoginLink | undefined; id: string; visitor: Visitor }
): Promise<EngineError> {
  const session = link === undefined ? await deps.store.read.sessions.findById(id) : undefined;
  const reason =
    link !== undefined
      ? 'The login link is older than ten minutes.'
      : session !== undefined
        ? 'The login link was used already.'
        : 'The login link is not known.';
  const error = new EngineError('unauthenticated', reason);
  await noteRefusedVisit(deps, visitor, { action: 'login', error, link, session });
  return new EngineError(
    'unauthenticated',
    'The login link was used already, or is older than ten minutes. Make a new one with: npm run pharos -- login-link'
  );
}

export async function identifySession(deps: Deps, cookie: string): Promise<Identity | undefined> {
  const session = await deps.store.read.sessions.findByHash(hashToken(cookie));
  const now = deps.clock.now();
  if (session === undefined || session.expiresAt <= now || addMs(session.lastSeenAt, IDLE) <= now) {
    return undefined;
  }
  if (now - session.lastSeenAt >= TOUCH_EVERY) {
    await touch(deps, session.hash, now);
  }
  const { namespace, name, role } = session;
  return { subject: `session:${session.id}`, name, role, namespace, intakeOnly: false };
}

/** Notes that a session is in use. Read again inside the transaction: one that was revoked meanwhile must not come back. */
async function touch(deps: Deps, hash: string, now: EpochMs): Promise<void> {
  try {
    await deps.store.write(async (tx) => {
      const current = await tx.sessions.findByHash(hash);
      if (current !== undefined) {
        await tx.sessions.save({ ...current, lastSeenAt: now });
      }
    });
  } catch (error) {
    // Who may read must be able to while the store cannot be written.
    deps.log.warn({ reason: messageOf(error) }, 'the use of a session could not be noted');
  }
}

export async function logout(deps: Deps, cookie: string, visitor: Visitor): Promise<void> {
  const session = await deps.store.read.sessions.findByHash(hashToken(cookie));
  if (session === undefined) {
    return;
  }
  const entry = sessionEntry(visitor, { action: 'logout', session, now: deps.clock.now() });
  await deps.store.write(async (tx) => {
    if (await tx.sessions.delete(session.namespace, session.id)) {
      await tx.audit.append(session.namespace, entry);
    }
  });
}

/** Set-Cookie value; an empty secret ends the session in the browser. */
export function sessionCookie(secret: string, secure: boolean): string {
  const life = secret === '' ? 0 : ABSOLUTE / 1000;
  return `${SESSION_COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}${secure ? '; Secure' : ''}`;
}
