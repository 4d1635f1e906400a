import { z } from 'zod';
import { MATCH_OPERATORS } from '../core/matchers.ts';
import { alertSchema } from './alerts.ts';
import { operation } from './operation.ts';
import { identifier, labels, line, listOf, page, pathId, queryList, time } from './wire.ts';

export const matcherSchema = z
  .object({
    name: z.string().min(1, 'expected a label name').max(128),
    op: z.enum(MATCH_OPERATORS),
    value: z.string().max(2048),
  })
  .strict();

export const RECEIVER_KINDS = ['webhook', 'slack', 'email', 'pagerduty'] as const;

/** In place of a secret. `origin`, such as `https://example.org:8443`, is there where it is an address. */
const secretView = z.object({ set: z.boolean(), origin: z.string().optional() });

/** Settings as an admin is answered, with secrets replaced by `{"set": true}`; empty for everybody else. */
const settingsView = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), secretView])
);
/** Settings as they are sent. A secret left out of an update stays as it was, unless it would go to another host from then on. */
const settingsInput = z.record(
  z.string().max(100),
  z.union([z.string().max(8192), z.number(), z.boolean(), z.array(z.string().max(500)).max(100), secretView])
);

export const receiverSchema = z.object({
  name: z.string(),
  kind: z.enum(RECEIVER_KINDS),
  settings: settingsView,
  updatedAt: time,
  updatedBy: z.string(),
  /** What the error says of addresses is for admins. */
  lastDelivery: z.object({ at: time, ok: z.boolean(), error: z.string().nullable() }).nullable(),
  queued: z.number(),
  /** Last successful test send. */
  testedAt: time.nullable(),
});
export type ReceiverView = z.output<typeof receiverSchema>;

const oneReceiver = z.object({ receiver: receiverSchema });
const receiverName = identifier(100);

export const listReceivers = operation({
  name: 'listReceivers',
  method: 'GET',
  path: '/api/v1/receivers',
  access: 'viewer',
  summary: 'Receivers with their last result and queue; for admins, with their settings too.',
  input: z.object({}),
  output: z.object({ items: z.array(receiverSchema) }),
});

export const createReceiver = operation({
  name: 'createReceiver',
  method: 'POST',
  path: '/api/v1/receivers',
  access: 'admin',
  summary: 'Add a receiver.',
  input: z.object({ name: receiverName, kind: z.enum(RECEIVER_KINDS), settings: settingsInput }).strict(),
  output: oneReceiver,
  status: 201,
});

export const updateReceiver = operation({
  name: 'updateReceiver',
  method: 'PUT',
  path: '/api/v1/receivers/{name}',
  access: 'admin',
  summary: 'Replace the settings of a receiver; secrets left out stay, unless its address leads to another host.',
  input: z.object({ name: receiverName, kind: z.enum(RECEIVER_KINDS), settings: settingsInput }).strict(),
  output: oneReceiver,
});

export const deleteReceiver = operation({
  name: 'deleteReceiver',
  method: 'DELETE',
  path: '/api/v1/receivers/{name}',
  access: 'admin',
  summary: 'Delete a receiver. Refused while a route names it.',
  input: z.object({ name: pathId }),
  output: z.object({}),
});

export const testReceiver = operation({
  name: 'testReceiver',
  method: 'POST',
  path: '/api/v1/receivers/{name}/test',
  access: 'admin',
  summary: 'Send a test notification now and say what the other side answered.',
  input: z.object({ name: pathId }),
  output: z.object({ ok: z.boolean(), message: z.string(), durationMs: z.number() }),
});

const routeSchema = z
  .object({ matchers: z.array(matcherSchema).max(50), receiver: receiverName, continue: z.boolean().default(false) })
  .strict();

const routesView = z.object({
  items: z.array(routeSchema),
  version: z.number(),
  updatedAt: time.nullable(),
  updatedBy: z.string(),
});

export const getRoutes = operation({
  name: 'getRoutes',
  method: 'GET',
  path: '/api/v1/routes',
  access: 'viewer',
  summary: 'Routes in order.',
  input: z.object({}),
  output: routesView,
});

export const updateRoutes = operation({
  name: 'updateRoutes',
  method: 'PUT',
  path: '/api/v1/routes',
  access: 'admin',
  summary: 'Replace all routes. `version` is the one that was read.',
  input: z.object({ items: z.array(routeSchema).max(500), version: z.number().int().optional() }).strict(),
  output: routesView,
});

export const matchRoutesOperation = operation({
  name: 'matchRoutes',
  method: 'POST',
  path: '/api/v1/routes/match',
  access: 'viewer',
  summary: 'Where would an alert with these labels go?',
  input: z.object({ labels }).strict(),
  output: z.object({ receivers: z.array(z.string()), routes: z.array(z.number()) }),
  idempotent: true,
});

export const SILENCE_STATES = ['pending', 'active', 'expired'] as const;

export const silenceSchema = z.object({
  id: z.string(),
  matchers: z.array(matcherSchema),
  startsAt: time,
  endsAt: time,
  createdBy: z.string(),
  comment: z.string(),
  createdAt: time,
  updatedAt: time,
  state: z.enum(SILENCE_STATES),
  /** Open alerts that it matches now. */
  matching: z.number(),
});
export type SilenceView = z.output<typeof silenceSchema>;

const silenceInput = {
  matchers: z.array(matcherSchema).min(1, 'expected at least one matcher').max(50),
  startsAt: time.optional(),
  endsAt: time,
  comment: line(1000).min(1, 'expected a comment that says why'),
};

const oneSilence = z.object({ silence: silenceSchema });

export const listSilences = operation({
  name: 'listSilences',
  method: 'GET',
  path: '/api/v1/silences',
  access: 'viewer',
  summary: 'Silences, active first.',
  input: z.object({ state: queryList(z.enum(SILENCE_STATES)).optional(), ...page }),
  output: listOf(silenceSchema),
});

export const createSilence = operation({
  name: 'createSilence',
  method: 'POST',
  path: '/api/v1/silences',
  access: 'editor',
  summary: 'Silence matching alerts until a time. They stay visible, marked as suppressed.',
  input: z.object(silenceInput).strict(),
  output: oneSilence,
  status: 201,
});

export const updateSilence = operation({
  name: 'updateSilence',
  method: 'PUT',
  path: '/api/v1/silences/{id}',
  access: 'editor',
  summary:
    'Change a silence. Other matchers, or one that has ended, make a new silence in its place, as in Alertmanager.',
  input: z.object({ id: pathId, ...silenceInput }).strict(),
  output: z.object({
    silence: silenceSchema,
    /** Id of the silence that was ended for it; null when it was changed where it stands, or had ended before. */
    replaced: z.string().nullable(),
  }),
});

export const expireSilence = operation({
  name: 'expireSilence',
  method: 'DELETE',
  path: '/api/v1/silences/{id}',
  access: 'editor',
  summary: 'End a silence now.',
  input: z.object({ id: pathId }),
  output: oneSilence,
});

export const previewSilence = operation({
  name: 'previewSilence',
  method: 'POST',
  path: '/api/v1/silences/preview',
  access: 'viewer',
  summary: 'Which open alerts would these matchers silence?',
  input: z.object({ matchers: silenceInput.matchers }).strict(),
  output: z.object({ total: z.number(), items: z.array(alertSchema) }),
  idempotent: true,
});
