import { buildVersionsQuery } from '../../src/queries/promql/discoveryQueries.ts';
import { buildSignalQuery } from '../../src/queries/promql/signalQuery.ts';
import type { Discovery } from '../deps.ts';
import { EngineError } from '../errors.ts';
import type { DiscoveryDeps } from './discoveryDeps.ts';
import { POLL_EVERY } from './discoveryFindings.ts';
import { createNamespaceDiscovery, type NamespaceDiscovery } from './discoveryNamespace.ts';

/** After a start somebody is looking, and what is watched may be starting too. */
const POLL_AT_START_EVERY_MS = 3000;
const START_LASTS_MS = 60_000;
/** After a commit health is assessed this much later: the commits of one moment share it. */
const ASSESS_AFTER_MS = 500;
/** A storm of alerts does not make it happen more often than this. */
const ASSESS_EVERY_MS = 2000;

/** Also those whose last source was removed: what it said is to be forgotten. */
const toPoll = ({ sources }: DiscoveryDeps, known: ReadonlyMap<string, unknown>): readonly string[] => [
  ...new Set([...sources.namespaces(), ...known.keys()]),
];

/** Finds services and keeps their figures and health at hand: reading is free, asking happens in the background. */
export function createDiscovery(deps: DiscoveryDeps): Discovery {
  const { clock } = deps;
  const stopped = new AbortController();
  const byNamespace = new Map<string, NamespaceDiscovery>();
  /** What cancels the assessment that a commit asked for. */
  const planned = new Map<string, () => void>();
  const assessing = new Set<Promise<void>>();
  const assessedAt = new Map<string, number>();
  let startedAt = 0;
  let cancelPoll = (): void => undefined;
  let polling: Promise<unknown> = Promise.resolve();
  let unsubscribe = (): void => undefined;

  const of = (namespace: string): NamespaceDiscovery => {
    const present = byNamespace.get(namespace) ?? createNamespaceDiscovery(namespace, deps);
    byNamespace.set(namespace, present);
    return present;
  };

  const poll = (): void => {
    const started = clock.now();
    polling = Promise.all(toPoll(deps, byNamespace).map((namespace) => of(namespace).poll(stopped.signal))).then(() => {
      if (!stopped.signal.aborted) {
        const now = clock.now();
        const every = now - startedAt < START_LASTS_MS ? POLL_AT_START_EVERY_MS : POLL_EVERY;
        cancelPoll = clock.after(Math.max(0, every - (now - started)), poll);
      }
    });
  };

  const assess = async (namespace: string): Promise<void> => {
    assessedAt.set(namespace, clock.now());
    planned.delete(namespace);
    const running = byNamespace.get(namespace)?.assess() ?? Promise.resolve();
    assessing.add(running);
    await running;
    assessing.delete(running);
  };

  const onCommit = (namespace: string): void => {
    if (!byNamespace.has(namespace) || planned.has(namespace) || stopped.signal.aborted) {
      return;
    }
    const since = clock.now() - (assessedAt.get(namespace) ?? 0);
    const wait = Math.max(ASSESS_AFTER_MS, ASSESS_EVERY_MS - since);
    planned.set(
      namespace,
      clock.after(wait, () => void assess(namespace))
    );
  };

  return {
    services: (namespace) => byNamespace.get(namespace)?.services() ?? [],
    asOf: (namespace) => byNamespace.get(namespace)?.asOf() ?? null,
    newest: (namespace, signal) => byNamespace.get(namespace)?.newest(signal),
    signalExpr(namespace, signal, service) {
      const known = deps.catalogue.known(namespace);
      return known && buildSignalQuery({ ...known, signal, service });
    },
    versionsExpr(namespace, service) {
      const known = deps.catalogue.known(namespace);
      return known && buildVersionsQuery({ ...known, service });
    },
    start() {
      startedAt = clock.now();
      unsubscribe = deps.store.read.changes.onCommit(onCommit);
      poll();
    },
    async stop() {
      stopped.abort(new EngineError('unavailable', 'The engine is stopping.'));
      unsubscribe();
      cancelPoll();
      for (const cancel of planned.values()) {
        cancel();
      }
      await polling;
      await Promise.all(assessing);
    },
  };
}
