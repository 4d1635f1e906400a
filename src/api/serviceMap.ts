import { z } from 'zod';
import { ALERT_STATES } from '../core/alerts/alert.ts';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { CHANGE_KINDS } from '../core/serviceMap/diffServiceMaps.ts';
import { CALL_KINDS, NODE_KINDS } from '../core/serviceMap/serviceMap.ts';
import { HEALTH_STATES } from '../core/services/service.ts';
import { operation } from './operation.ts';
import { duration, queryBoolean, queryInteger, time } from './wire.ts';

/** Of calls over the window. */
export const callFigures = z.object({
  /** Not whole where it comes from rates; of the sample where the map comes from traces. */
  calls: z.number(),
  failed: z.number(),
  /** Calls per second; null where a sample cannot tell. */
  rate: z.number().nullable(),
  errorRatio: z.number().nullable(),
  /** Seconds. */
  p95: z.number().nullable(),
});
export type CallFiguresView = z.output<typeof callFigures>;

/** Something different from the baseline. */
const mapChange = z.object({
  kind: z.enum(CHANGE_KINDS),
  /** Chance of a difference like this without a cause, corrected for all tests of the map. */
  p: z.number(),
});

export const mapNode = z.object({
  /** The name of a service; for other kinds `kind:name`. */
  id: z.string(),
  kind: z.enum(NODE_KINDS),
  name: z.string(),
  /** Empty where nothing tells. */
  namespace: z.string(),
  /** Calls that it received; null where none are known. */
  received: callFigures.nullable(),
  health: z.object({
    state: z.enum(HEALTH_STATES),
    since: time.nullable(),
    /** The worst reason, as a sentence; null when nothing is wrong. */
    why: z.string().nullable(),
    /**
     * `history`, of the past: the alerts that were open then and the share of failed calls tell; whether targets answered and data
     * came is not kept. `errors`: nothing is watched of it, or nothing is known of its alerts then; the share of failed calls alone tells.
     */
    toldBy: z.enum(['health', 'history', 'errors']),
  }),
  /** Open alerts by severity; of the past, those that were open at the end of the window. */
  alerts: z.object({ info: z.number(), warning: z.number(), error: z.number(), critical: z.number() }),
  /** Of the past, the worst of its alerts as they stood at the end of the window; five at most, and none of now: `listAlerts` tells those. */
  openThen: z.array(
    z.object({
      id: z.string(),
      state: z.enum(ALERT_STATES),
      severity: z.enum(SEVERITIES),
      summary: z.string(),
      startsAt: time,
    })
  ),
  /** Only in the baseline. */
  gone: z.boolean(),
  /** Of a service without calls on either side, that it is `new` or `gone`; all others change by their edges. */
  changes: z.array(mapChange),
});
export type MapNodeView = z.output<typeof mapNode>;

export const mapEdge = z.object({
  id: z.string(),
  /** Ids of nodes. */
  from: z.string(),
  to: z.string(),
  kind: z.enum(CALL_KINDS),
  /** As the caller saw them; without calls where the edge is gone. */
  figures: callFigures,
  /** Those of the baseline; null without one, or where the edge is new. */
  before: callFigures.nullable(),
  /** What is different from the baseline, each tested. */
  changes: z.array(mapChange),
});
export type MapEdgeView = z.output<typeof mapEdge>;

export const getServiceMap = operation({
  name: 'getServiceMap',
  method: 'GET',
  path: '/api/v1/service-map',
  access: 'viewer',
  summary: 'Who calls whom, with rate, errors and p95 of each service and each call, and what differs from a baseline.',
  input: z.object({
    /** End of the window; now when absent. */
    at: time.optional(),
    /** 15m when absent. */
    window: duration.optional(),
    /** End of a window as long, to compare with. */
    baseline: time.optional(),
    /** Id of a node: only what is near it. */
    around: z.string().min(1).max(300).optional(),
    /** How many calls away from it; 1 when absent. */
    depth: queryInteger(1, 20).optional(),
    /** Only calls that fail, and services that hurt. */
    errorsOnly: queryBoolean.optional(),
    namespace: z.string().max(200).optional(),
  }),
  output: z.object({
    at: time,
    window: duration,
    /** What the calls were counted from. */
    source: z.enum(['metrics', 'traces', 'none']),
    /** The traces that the map was made of, where there are no metrics. */
    sample: z.object({ traces: z.number(), spans: z.number(), more: z.boolean() }).nullable(),
    nodes: z.array(mapNode),
    edges: z.array(mapEdge),
    /** Of the whole map, for a choice. */
    namespaces: z.array(z.string()),
    /** What was left out, because a map can hold no more. */
    omitted: z.object({ nodes: z.number(), edges: z.number() }),
    baseline: z
      .object({
        at: time,
        /** The baseline could be read and has calls. */
        known: z.boolean(),
        /** How many tests were made. */
        tests: z.number(),
      })
      .nullable(),
    /** Of when alerts and health are. `unknown`: of a time before the history of alerts begins, which a problem says. */
    alertsOf: z.enum(['now', 'then', 'unknown']),
    /** What is missing and what would bring it, as sentences. */
    problems: z.array(z.string()),
  }),
});
