import { z } from 'zod';
import {
  RELAY_AUDIENCE,
  RELAY_ISSUER,
  RELAY_MAX_AGE,
  relayClaims,
  type RelayClaims,
} from '../../src/api/relayToken.ts';
import { DEFAULT_NAMESPACE, type Identity, type Role } from '../../src/core/identity.ts';
import { ownValue } from '../../src/core/ownValue.ts';
import type { Deps } from '../deps.ts';
import { EngineError, messageOf } from '../errors.ts';
import { hashToken, safeEqual } from '../secrets.ts';
import type { StoredToken } from '../store/store.ts';
import { SESSION_COOKIE, identifySession } from './session.ts';

/** Who is calling, and whether by a cookie: then the browser may have been tricked, and the Origin is checked. */
export interface Authenticated {
  readonly identity: Identity;
  readonly bySession: boolean;
}

const ROLE_OF_SCOPE: Readonly<Record<StoredToken['scope'], Role>> = {
  intake: 'viewer',
  read: 'viewer',
  write: 'editor',
  admin: 'admin',
};

const ROLE_OF_GRAFANA: Readonly<Record<string, Role>> = { Admin: 'admin', Editor: 'editor', Viewer: 'viewer' };

const TOUCH_EVERY_MS = 60_000;
const RELAY_ALGORITHM = 'HS256';

/**
 * Identity of a request, or undefined when it carries none. Only `Authorization` and the session cookie count: any other header
 * can be sent by anybody.
 * @throws EngineError `unauthenticated` for credentials that are wrong, `forbidden` for a Grafana role that is not known
 */
export async function authenticate(
  deps: Deps,
  headers: Headers,
  cookie: string | undefined
): Promise<Authenticated | undefined> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    return { identity: await fromAuthorization(deps, authorization), bySession: false };
  }
  if (cookie !== undefined) {
    const identity = await identifySession(deps, cookie);
    return identity && { identity, bySession: true };
  }
  return undefined;
}

export { SESSION_COOKIE };

async function fromAuthorization(deps: Deps, authorization: string): Promise<Identity> {
  const token = tokenOf(authorization);
  if (token === undefined || token === '') {
    throw new EngineError(
      'unauthenticated',
      'Authorization is neither "Bearer <token>" nor Basic with the token as password.'
    );
  }
  const known = fromDeployment(deps, token);
  if (known !== undefined) {
    return known;
  }
  const algorithm = algorithmOf(token);
  return algorithm === RELAY_ALGORITHM ? fromRelay(deps, token) : fromToken(deps, token, algorithm);
}

const jwtHeader = z.object({ alg: z.string() });

/** What the header of a JWT says; undefined for any other text, whatever dots are in it. */
function algorithmOf(token: string): string | undefined {
  const [header = '', ...rest] = token.split('.');
  if (rest.length !== 2) {
    return undefined;
  }
  try {
    return jwtHeader.parse(JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))).alg;
  } catch {
    return undefined;
  }
}

function tokenOf(authorization: string): string | undefined {
  const [scheme, value] = authorization.split(' ', 2);
  if (value === undefined) {
    return undefined;
  }
  switch (scheme?.toLowerCase()) {
    case 'bearer':
      return value;
    case 'basic':
      // karma and amtool know Basic only: any user name, the token as password.
      return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':');
    default:
      return undefined;
  }
}

/** The deployment's own tokens are whatever text somebody chose: compared before anything is read into them. */
function fromDeployment({ config }: Deps, token: string): Identity | undefined {
  if (safeEqual(token, config.adminToken)) {
    return deployment('admin', false);
  }
  return safeEqual(token, config.intakeToken) ? deployment('viewer', true) : undefined;
}

async function fromToken(deps: Deps, token: string, algorithm: string | undefined): Promise<Identity> {
  const { store, clock } = deps;
  const stored = await store.read.tokens.findByHash(hashToken(token));
  if (stored === undefined) {
    throw new EngineError(
      'unauthenticated',
      algorithm === undefined
        ? 'The token is not known, or was revoked.'
        : `The token is a JWT with the algorithm "${algorithm.slice(0, 20)}"; the relay signs with ${RELAY_ALGORITHM}.`
    );
  }
  const now = clock.now();
  if (stored.lastUsedAt === null || now - stored.lastUsedAt >= TOUCH_EVERY_MS) {
    await store
      .write((tx) => tx.tokens.touch(stored.hash, now))
      .catch((error: unknown) => {
        // Who may read must be able to while the store cannot be written.
        deps.log.warn({ reason: messageOf(error) }, 'the use of a token could not be noted');
      });
  }
  return {
    subject: `token:${stored.id}`,
    name: stored.name,
    role: ROLE_OF_SCOPE[stored.scope],
    namespace: stored.namespace,
    intakeOnly: stored.scope === 'intake',
  };
}

const deployment = (role: Role, intakeOnly: boolean): Identity => ({
  subject: `token:${intakeOnly ? 'intake' : 'admin'}`,
  name: intakeOnly ? 'intake token' : 'admin token',
  role,
  namespace: DEFAULT_NAMESPACE,
  intakeOnly,
});

async function fromRelay(deps: Deps, token: string): Promise<Identity> {
  const claims = await verifyRelay(deps, token);
  return {
    subject: `grafana:${claims.namespace}:${claims.sub === '' ? claims.call : claims.sub}`,
    name: claims.login === '' ? 'anonymous' : claims.login,
    role: roleOf(claims),
    namespace: claims.namespace,
    intakeOnly: false,
  };
}

async function verifyRelay(deps: Deps, token: string): Promise<RelayClaims> {
  // Loaded with the first call from Grafana: engines without it do without this in memory.
  const { jwtVerify } = await import('jose');
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(deps.config.relaySecret), {
      algorithms: [RELAY_ALGORITHM],
      issuer: RELAY_ISSUER,
      audience: RELAY_AUDIENCE,
      maxTokenAge: RELAY_MAX_AGE,
      currentDate: new Date(deps.clock.now()),
      requiredClaims: ['exp', 'iat'],
    });
    const claims = relayClaims.parse(payload);
    if (claims.exp - claims.iat > RELAY_MAX_AGE) {
      throw new Error(`it lives longer than ${RELAY_MAX_AGE} s`);
    }
    return claims;
  } catch (error) {
    throw new EngineError(
      'unauthenticated',
      'The relay token is not valid: check that the data source and the engine have the same secret, and their clocks.',
      {
        cause: error,
      }
    );
  }
}

/**
 * What Grafana's role is worth here. Queries are always a viewer's: Grafana calls its alert scheduler and the visitors of public
 * dashboards Admin. Nobody in particular (no login, `anonymous:…`) is at most a viewer.
 */
function roleOf(claims: RelayClaims): Role {
  const stated = ownValue(ROLE_OF_GRAFANA, claims.role);
  if (claims.call !== 'resource') {
    return 'viewer';
  }
  if (stated === undefined) {
    throw new EngineError(
      'forbidden',
      `Grafana's role "${claims.role}" has no rights here; expected Admin, Editor or Viewer.`
    );
  }
  const nobody = claims.login === '' || claims.sub === '' || claims.sub.startsWith('anonymous:');
  return nobody ? 'viewer' : stated;
}
