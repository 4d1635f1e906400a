import type { Identity } from '../../src/core/identity.ts';
import { addMs, days, hours, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Deps } from '../deps.ts';
import { EngineError, messageOf } from '../errors.ts';
import { hashToken } from '../secrets.ts';

export const SESSION_COOKIE = 'pharos_session';
const IDLE = hours(12);
const ABSOLUTE = days(7);
const TOUCH_EVERY = minutes(1);
const TOKEN_BYTES = 32;

/** Trades a login token for a session. @throws EngineError `unauthenticated` when it was used, has expired or never was */
export async function login(
  deps: Deps,
  token: string,
  userAgent: string
): Promise<{ cookie: string; identity: Identity }> {
  const now = deps.clock.now();
  const secret = deps.randomId(TOKEN_BYTES);
  const id = deps.randomId(9);
  const link = await deps.store.write(async (tx) => {
    const found = await tx.sessions.consumeLink(hashToken(token), now);
    if (found !== undefined) {
      const { namespace, name, role } = found;
      await tx.sessions.save({
        ...{ namespace, name, role, id },
        hash: hashToken(secret),
        userAgent: userAgent.slice(0, 300),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: addMs(now, ABSOLUTE),
      });
    }
    return found;
  });
  if (link === undefined) {
    throw new EngineError(
      'unauthenticated',
      'The login link was used already, or is older than ten minutes. Make a new one with: npm run pharos -- login-link'
    );
  }
  const { namespace, name, role } = link;
  return { cookie: secret, identity: { subject: `session:${id}`, name, role, namespace, intakeOnly: false } };
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

export async function logout(deps: Deps, cookie: string): Promise<void> {
  const session = await deps.store.read.sessions.findByHash(hashToken(cookie));
  if (session !== undefined) {
    await deps.store.write((tx) => tx.sessions.delete(session.namespace, session.id));
  }
}

/** Set-Cookie value; an empty secret ends the session in the browser. */
export function sessionCookie(secret: string, secure: boolean): string {
  const life = secret === '' ? 0 : ABSOLUTE / 1000;
  return `${SESSION_COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}${secure ? '; Secure' : ''}`;
}
