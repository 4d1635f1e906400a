import { days, minutes } from '../units.ts';
import type { Bucket } from './latencyBuckets.ts';

/** Rates need two samples. */
export const LEAST_WINDOW = minutes(1);
/** Prometheus reads every sample of the window at once. */
export const LONGEST_WINDOW = days(7);

export const NODE_KINDS = ['service', 'database', 'queue', 'external', 'user'] as const;
/** `external` is whatever is called and sends no spans of its own; `user` is whoever begins a trace from outside. */
export type NodeKind = (typeof NODE_KINDS)[number];

export const CALL_KINDS = ['call', 'database', 'messaging', 'outside'] as const;
/** `outside` has one end that sends no spans. */
export type CallKind = (typeof CALL_KINDS)[number];

/** Calls of one edge, or those that a node received, over the window of a map. */
export interface CallFigures {
  /** How many: not whole where they come from rates, and those of the sample where they come from traces. */
  readonly calls: number;
  readonly failed: number;
  /** Calls per second; null where a sample cannot tell. */
  readonly rate: number | null;
  /** Null without calls. */
  readonly errorRatio: number | null;
  /** Seconds; null where nothing tells. */
  readonly p95: number | null;
  /** Ascending; empty where nothing tells. */
  readonly latency: readonly Bucket[];
}

export interface MapNode {
  /** The name of a service; for other kinds `kind:name`. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** Empty where nothing tells. */
  readonly namespace: string;
  /** Calls that it received; null where none are known. */
  readonly received: CallFigures | null;
  /** How often a service was seen at work: requests that it served, else the rarest of the spans that it sent; of a sample, traces with it. 0 where nothing counts. */
  readonly seen: number;
}

/** An end of a call. */
export type MapEnd = Pick<MapNode, 'kind' | 'name'>;

export interface MapEdge {
  /** `from` and `to` in one. */
  readonly id: string;
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly kind: CallKind;
  /** As the caller saw them, where the caller sends spans. */
  readonly figures: CallFigures;
}

/** Who calls whom. Nodes by id, edges by the ids of their ends. */
export interface ServiceMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly windowSeconds: number;
  /** The calls are those of some traces, not all that were made. */
  readonly sampled: boolean;
}

export const nodeId = ({ kind, name }: MapEnd): string => (kind === 'service' ? name : `${kind}:${name}`);

/** The name in the id of a node, for people. */
export const nameOfNode = (id: string): string => id.replace(/^(database|queue|external|user):/, '');

export const edgeId = (from: string, to: string): string => `${from} → ${to}`;
