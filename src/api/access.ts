import { z } from 'zod';
import { ROLES } from '../core/identity.ts';
import { operation } from './operation.ts';
import { identifier, line, linkUrl, listOf, page, pathId, time } from './wire.ts';

export const identitySchema = z.object({
  subject: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  namespace: z.string(),
});

export const getMe = operation({
  name: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  access: 'viewer',
  summary: 'Who the engine takes you for.',
  input: z.object({}),
  output: identitySchema,
});

export const TOKEN_SCOPES = ['intake', 'read', 'write', 'admin'] as const;

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(TOKEN_SCOPES),
  createdAt: time,
  createdBy: z.string(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});

export const listTokens = operation({
  name: 'listTokens',
  method: 'GET',
  path: '/api/v1/tokens',
  access: 'admin',
  summary: 'API tokens, never their secret.',
  input: z.object({}),
  output: z.object({ items: z.array(tokenSchema) }),
});

export const createToken = operation({
  name: 'createToken',
  method: 'POST',
  path: '/api/v1/tokens',
  access: 'admin',
  summary: 'Make a token. Its secret is in this answer and nowhere else.',
  input: z.object({ name: line(100).min(1, 'expected a name'), scope: z.enum(TOKEN_SCOPES) }).strict(),
  output: z.object({ token: tokenSchema, secret: z.string() }),
  status: 201,
});

export const revokeToken = operation({
  name: 'revokeToken',
  method: 'DELETE',
  path: '/api/v1/tokens/{id}',
  access: 'admin',
  summary: 'Revoke a token at once.',
  input: z.object({ id: pathId }),
  output: z.object({}),
});

const sessionSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  createdAt: time,
  lastSeenAt: time,
  expiresAt: time,
  userAgent: z.string(),
  current: z.boolean(),
});

export const listSessions = operation({
  name: 'listSessions',
  method: 'GET',
  path: '/api/v1/sessions',
  access: 'admin',
  summary: 'Console sessions that are alive.',
  input: z.object({}),
  output: z.object({ items: z.array(sessionSchema) }),
});

export const revokeSession = operation({
  name: 'revokeSession',
  method: 'DELETE',
  path: '/api/v1/sessions/{id}',
  access: 'admin',
  summary: 'End a session at once.',
  input: z.object({ id: pathId }),
  output: z.object({}),
});

export const createLoginLink = operation({
  name: 'createLoginLink',
  method: 'POST',
  path: '/api/v1/login-links',
  access: 'admin',
  summary: 'Make a login link for the console: single use, ten minutes.',
  input: z.object({ name: line(100).min(1, 'expected a name'), role: z.enum(ROLES) }).strict(),
  output: z.object({ url: z.string(), expiresAt: time }),
  status: 201,
});

export const SOURCE_KINDS = ['prometheus', 'loki', 'tempo', 'grafana'] as const;

export const sourceSchema = z.object({
  id: z.string(),
  kind: z.enum(SOURCE_KINDS),
  name: z.string(),
  url: z.string(),
  /** Tenant header value, empty for none. */
  tenant: z.string(),
  /** From the deployment's own settings: cannot be changed here. */
  builtIn: z.boolean(),
  status: z.enum(['ok', 'degraded', 'down', 'unknown']),
  latencyMs: z.number().nullable(),
  lastError: z.string().nullable(),
  staleSince: time.nullable(),
  checkedAt: time.nullable(),
  /** Newest sample, log line or span seen; null where that cannot be asked. */
  newestDataAt: time.nullable(),
});
export type SourceView = z.output<typeof sourceSchema>;

export const listSources = operation({
  name: 'listSources',
  method: 'GET',
  path: '/api/v1/sources',
  access: 'viewer',
  summary: 'Where data comes from, and how each source is.',
  input: z.object({}),
  output: z.object({
    items: z.array(sourceSchema),
    /** Where browsers find Grafana, for links into it; null where none is configured or it does not answer. */
    grafanaUrl: z.string().nullable(),
  }),
});

const sourceInput = {
  kind: z.enum(SOURCE_KINDS),
  name: identifier(100),
  url: linkUrl.refine((text) => text !== '', 'expected an http or https address'),
  tenant: z
    .string()
    .max(150)
    .regex(/^[A-Za-z0-9._-]*$/, 'expected letters, digits, dot, dash or underscore')
    .default(''),
  /** Bearer token sent to the source; write-only. */
  token: z.string().max(4096).optional(),
};

const oneSource = z.object({ source: sourceSchema });

export const createSource = operation({
  name: 'createSource',
  method: 'POST',
  path: '/api/v1/sources',
  access: 'admin',
  summary: 'Add a source to this namespace. The outbound guard applies to its address.',
  input: z.object(sourceInput).strict(),
  output: oneSource,
  status: 201,
});

export const deleteSource = operation({
  name: 'deleteSource',
  method: 'DELETE',
  path: '/api/v1/sources/{id}',
  access: 'admin',
  summary: 'Remove a source that was added here.',
  input: z.object({ id: pathId }),
  output: z.object({}),
});

const auditSchema = z.object({
  seq: z.number(),
  at: time,
  actor: z.string(),
  actorName: z.string(),
  action: z.string(),
  object: z.string(),
  outcome: z.enum(['begun', 'done', 'refused', 'failed']),
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string(),
  prevHash: z.string(),
  hash: z.string(),
});

export const listAudit = operation({
  name: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  access: 'admin',
  summary: 'Every change by a person or token, refused ones too, and who came and went, newest first; hash-chained.',
  input: z.object({ actor: z.string().max(200).optional(), action: z.string().max(100).optional(), ...page }),
  output: listOf(auditSchema),
});

export const verifyAudit = operation({
  name: 'verifyAudit',
  method: 'POST',
  path: '/api/v1/audit/verify',
  access: 'admin',
  summary: 'Recompute the hash chain, and compare it with what was noted of its end outside of the database.',
  input: z.object({}),
  output: z.object({
    ok: z.boolean(),
    rows: z.number(),
    /** The first row that does not fit the one before it. */
    firstBadSeq: z.number().nullable(),
    /** What the note says against a chain, whether that fits together or not: it may have been written anew as a whole. */
    against: z.string().nullable(),
  }),
  idempotent: true,
});
