import type { OperationContract } from '../api/operation.ts';
import type { ChangeTopic } from '../api/system.ts';

/**
 * Which answers a change makes old, by the resource after `/api/v1/`. An alert, for example, also stands in the history, in the health
 * of its service, and in the count of alerts that a silence matches.
 */
const TOUCHES: Readonly<Record<ChangeTopic, readonly string[]>> = {
  alerts: ['alerts', 'history', 'services', 'silences', 'status', 'teams'],
  thresholds: ['thresholds', 'services', 'status', 'signals', 'teams'],
  silences: ['silences', 'alerts', 'history'],
  routes: ['routes', 'services'],
  receivers: ['receivers', 'services', 'status'],
  sources: ['sources', 'services', 'signals', 'status'],
  services: ['services', 'status'],
  tokens: ['tokens'],
  sessions: ['sessions', 'me'],
  views: ['views'],
};

export type OperationKey = readonly [resource: string, name: string, input: unknown];

/** Read from the stores: it gets old with time, and not with what the engine does to an alert or a service. */
const OF_THE_STORES = 'evidence';

/** `alerts` of `/api/v1/alerts/{id}`. */
export function resourceOf({ path }: Pick<OperationContract, 'path'>): string {
  return path.endsWith(`/${OF_THE_STORES}`) ? OF_THE_STORES : (path.split('/')[3] ?? '');
}

/** Under which the answer of a call is kept. */
export const operationKey = (contract: Pick<OperationContract, 'path' | 'name'>, input: unknown): OperationKey => [
  resourceOf(contract),
  contract.name,
  input,
];

/** Resources whose answers are old after a change of these topics. */
export const touchedBy = (topics: readonly ChangeTopic[]): ReadonlySet<string> =>
  new Set(topics.flatMap((topic) => TOUCHES[topic]));

const isTopic = (resource: string): resource is ChangeTopic => Object.hasOwn(TOUCHES, resource);

/** What a successful call changes. */
export function topicsOf(contract: Pick<OperationContract, 'path'>): ChangeTopic[] {
  const resource = resourceOf(contract);
  return isTopic(resource) ? [resource] : [];
}
