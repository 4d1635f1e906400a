import { z } from 'zod';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { SIGNAL_NAMES, UNITS } from '../core/signals/catalogue.ts';
import { operation } from './operation.ts';
import { duration, labels, line, linkUrl, listOf, page, pathId, sampleValue, storedLabels, time } from './wire.ts';

const signalSchema = z.union([
  z.enum(SIGNAL_NAMES, { error: `expected one of ${SIGNAL_NAMES.join(', ')}, or {expr}` }),
  z.object({ expr: z.string().trim().min(1, 'expected a PromQL expression').max(4096) }).strict(),
]);

const specFields = {
  service: line(200).min(1, 'expected a service name, or * for every service'),
  signal: signalSchema,
  direction: z.enum(['above', 'below']),
  warning: z.number().nullable(),
  critical: z.number().nullable(),
  unit: z.enum(UNITS),
  for: duration,
  owner: line(200),
  runbookUrl: linkUrl,
  labels,
  enabled: z.boolean(),
};

/** Fields that may be left out when a threshold is made; direction and unit default to the signal's. */
export const thresholdInput = z
  .object({
    ...specFields,
    direction: specFields.direction.optional(),
    warning: specFields.warning.optional(),
    critical: specFields.critical.optional(),
    unit: specFields.unit.optional(),
    for: specFields.for.optional(),
    owner: specFields.owner.optional(),
    runbookUrl: specFields.runbookUrl.optional(),
    labels: specFields.labels.optional(),
    enabled: specFields.enabled.optional(),
  })
  .strict();
export type ThresholdInput = z.output<typeof thresholdInput>;

export const thresholdSchema = z.object({
  id: z.string(),
  ...specFields,
  version: z.number(),
  createdAt: time,
  updatedAt: time,
  updatedBy: z.string(),
});
export type ThresholdView = z.output<typeof thresholdSchema>;

const reason = line(1000).default('');
const one = z.object({ threshold: thresholdSchema });

export const listThresholds = operation({
  name: 'listThresholds',
  method: 'GET',
  path: '/api/v1/thresholds',
  access: 'viewer',
  summary: 'Thresholds: defaults first, then by service and signal.',
  input: z.object({ service: z.string().max(200).optional(), ...page }),
  output: listOf(thresholdSchema),
});

export const getThreshold = operation({
  name: 'getThreshold',
  method: 'GET',
  path: '/api/v1/thresholds/{id}',
  access: 'viewer',
  summary: 'One threshold.',
  input: z.object({ id: pathId }),
  output: one,
});

export const createThreshold = operation({
  name: 'createThreshold',
  method: 'POST',
  path: '/api/v1/thresholds',
  access: 'admin',
  summary: 'Set a threshold. One per service and signal.',
  input: z.object({ ...thresholdInput.shape, reason }).strict(),
  output: one,
  status: 201,
});

export const updateThreshold = operation({
  name: 'updateThreshold',
  method: 'PUT',
  path: '/api/v1/thresholds/{id}',
  access: 'admin',
  summary: 'Replace a threshold. `version` is the one that was read; a newer one in the store is a conflict.',
  input: z.object({ id: pathId, version: z.number().int().optional(), ...thresholdInput.shape, reason }).strict(),
  output: one,
});

export const patchThresholds = operation({
  name: 'patchThresholds',
  method: 'PATCH',
  path: '/api/v1/thresholds',
  access: 'admin',
  summary: 'Change many thresholds, all or none.',
  input: z
    .object({
      items: z
        .array(
          z.object({ id: pathId, version: z.number().int().optional(), ...thresholdInput.partial().shape }).strict()
        )
        .min(1)
        .max(1000),
      reason,
    })
    .strict(),
  output: z.object({ items: z.array(thresholdSchema) }),
});

export const deleteThreshold = operation({
  name: 'deleteThreshold',
  method: 'DELETE',
  path: '/api/v1/thresholds/{id}',
  access: 'admin',
  summary: 'Delete a threshold. Its open alerts resolve; its history stays, and `revert` brings it back.',
  input: z.object({ id: pathId, reason: line(1000).optional() }),
  output: z.object({}),
});

export const listThresholdVersions = operation({
  name: 'listThresholdVersions',
  method: 'GET',
  path: '/api/v1/thresholds/{id}/versions',
  access: 'viewer',
  summary: 'Who changed it, when and why, newest first.',
  input: z.object({ id: pathId }),
  output: z.object({
    items: z.array(
      z.object({
        thresholdId: z.string(),
        version: z.number(),
        at: time,
        by: z.string(),
        reason: z.string(),
        change: z.enum(['created', 'updated', 'deleted', 'reverted']),
        spec: z.object(specFields).nullable(),
      })
    ),
  }),
});

export const revertThreshold = operation({
  name: 'revertThreshold',
  method: 'POST',
  path: '/api/v1/thresholds/{id}/revert',
  access: 'admin',
  summary: 'Make an earlier version the current one again, deleted ones too.',
  input: z.object({ id: pathId, version: z.number().int().min(1), reason }).strict(),
  output: one,
});

const levelPreview = z.object({
  level: z.enum(['warning', 'critical']),
  severity: z.enum(SEVERITIES),
  count: z.number(),
  total: duration,
});

export const previewThreshold = operation({
  name: 'previewThreshold',
  method: 'POST',
  path: '/api/v1/thresholds/preview',
  access: 'viewer',
  summary:
    'What a threshold would have done: the signal over the last hours and how often each level would have fired.',
  input: z.object({ ...thresholdInput.shape, range: duration.optional() }).strict(),
  output: z.object({
    from: time,
    to: time,
    step: duration,
    /** How far back the source had data; later than `from` when retention is shorter. */
    dataFrom: time.nullable(),
    series: z.array(
      z.object({
        labels: storedLabels,
        times: z.array(time),
        values: z.array(sampleValue),
        levels: z.array(levelPreview),
        /** When each level would have been open. */
        episodes: z.array(z.object({ level: z.enum(['warning', 'critical']), from: time, to: time })),
      })
    ),
    levels: z.array(levelPreview),
    expr: z.string(),
    /** For a signal of which nothing is kept: why there is no past to show, and what it stands at. Then all else is empty. */
    note: z.string().optional(),
  }),
  idempotent: true,
});

export const listSignals = operation({
  name: 'listSignals',
  method: 'GET',
  path: '/api/v1/signals',
  access: 'viewer',
  summary: 'The signal catalogue; with `service`, which signals it has and their current value.',
  input: z.object({ service: z.string().max(200).optional() }),
  output: z.object({
    items: z.array(
      z.object({
        name: z.enum(SIGNAL_NAMES),
        title: z.string(),
        unit: z.enum(UNITS),
        direction: z.enum(['above', 'below']),
        description: z.string(),
        current: z.number().nullable(),
      })
    ),
  }),
});
