import { DEFAULT_NAMESPACE } from '../../src/core/identity.ts';
import type { Deps } from '../deps.ts';
import { messageOf } from '../errors.ts';
import type { Guard } from './guardedConnection.ts';
import { openSource, type OpenSource, type SourceDefinition } from './openSource.ts';
import type { ProtectionLimits } from './protection.ts';
import type { LokiSource, PrometheusSource, Source, SourceLookup, Sources, TempoSource } from './source.ts';

export interface SourcesDeps extends Pick<Deps, 'clock' | 'log' | 'secrets'> {
  readonly config: Pick<Deps['config'], 'prometheusUrl' | 'lokiUrl' | 'tempoUrl' | 'grafanaUrl'>;
  readonly store: { readonly read: { readonly sources: Pick<Deps['store']['read']['sources'], 'listAll'> } };
  /** For sources that came in through the API; absent lets them connect anywhere, as in tests. */
  readonly guard?: Guard;
  readonly limits?: Partial<ProtectionLimits>;
}

type StoredSource = Awaited<ReturnType<Deps['store']['read']['sources']['listAll']>>[number];

const CHECK_EVERY_MS = 10_000;

const isPrometheus = (source: Source): source is PrometheusSource => source.kind === 'prometheus';
const isLoki = (source: Source): source is LokiSource => source.kind === 'loki';
const isTempo = (source: Source): source is TempoSource => source.kind === 'tempo';

/**
 * The sources of every namespace: those of the deployment's settings, which belong to `default`, and those in the store. Each is
 * asked for its health every 10 s, after the stored ones were read again, which another engine may have changed. `reload` must have
 * run once before those are there; `start` does it.
 */
export function createSources(deps: SourcesDeps): Sources {
  const { clock, log } = deps;
  const open = new Map<string, OpenSource>();
  const stopped = new AbortController();
  let cancelTimer = (): void => undefined;
  let checks: Promise<unknown> = Promise.resolve();
  let reloading: Promise<void> = Promise.resolve();
  let isRead = true;
  const readStored = createStoredReader(deps);

  const replace = async (definitions: readonly SourceDefinition[]): Promise<void> => {
    const wanted = new Map(definitions.map((definition) => [keyOf(definition), definition]));
    const gone = [...open].filter(([key]) => !wanted.has(key));
    for (const [key] of gone) {
      open.delete(key);
    }
    for (const [key, definition] of wanted) {
      // What stays the same keeps its breaker and what is known of its health.
      if (!open.has(key)) {
        open.set(key, openSource(definition, deps));
      }
    }
    await Promise.all(gone.map(([, { close }]) => close()));
  };

  const opened = (namespace: string): readonly OpenSource[] =>
    [...open.values()].filter((entry) => entry.namespace === namespace);

  const checkAll = async (): Promise<void> => {
    await Promise.all([...open.values()].map(({ source }) => source.check(stopped.signal)));
  };
  const builtIn = builtInSources(deps.config);
  // One after the other: what was read before a change must not be put in place after it.
  const reload = (): Promise<void> => {
    reloading = reloading.catch(() => undefined).then(async () => replace([...builtIn, ...(await readStored())]));
    return reloading;
  };
  const refresh = async (): Promise<void> => {
    try {
      await reload();
      isRead = true;
    } catch (error) {
      if (isRead) {
        log.error({ error: messageOf(error) }, 'stored sources cannot be read');
      }
      isRead = false;
    }
  };

  const look = (): void => {
    checks = refresh()
      .then(checkAll)
      .finally(() => {
        if (!stopped.signal.aborted) {
          cancelTimer = clock.after(CHECK_EVERY_MS, look);
        }
      });
  };
  for (const definition of builtIn) {
    open.set(keyOf(definition), openSource(definition, deps));
  }

  return {
    list: (namespace) => opened(namespace).map(({ source }) => source),
    everywhere: () => [...open.values()],
    reload,
    ...createLookup((namespace) => opened(namespace).map(({ forCallers }) => forCallers)),
    own: createLookup((namespace) => opened(namespace).map(({ source }) => source)),
    namespaces: () => [...new Set([...open.values()].map(({ namespace }) => namespace))],
    start: look,
    async stop() {
      stopped.abort();
      cancelTimer();
      await checks;
      await Promise.all([...open.values()].map(({ close }) => close()));
    },
  };
}

export const createLookup = (list: (namespace: string) => readonly Source[]): SourceLookup => ({
  prometheus: (namespace) => list(namespace).find(isPrometheus),
  loki: (namespace) => list(namespace).find(isLoki),
  tempo: (namespace) => list(namespace).find(isTempo),
});

/** Two definitions with the same key are the same source. */
const keyOf = (definition: SourceDefinition): string => JSON.stringify(definition);

/** The sources of the deployment's own settings. */
export function builtInSources(config: SourcesDeps['config']): readonly SourceDefinition[] {
  const urls = [
    ['prometheus', 'Prometheus', config.prometheusUrl],
    ['loki', 'Loki', config.lokiUrl],
    ['tempo', 'Tempo', config.tempoUrl],
    ['grafana', 'Grafana', config.grafanaUrl],
  ] as const;
  return urls.flatMap(([kind, name, url]) =>
    url === undefined || url === null
      ? []
      : [{ namespace: DEFAULT_NAMESPACE, id: kind, kind, name, url, tenant: '', token: '', builtIn: true }]
  );
}

/** A source whose token cannot be read any more is left out, and said once: without it, it could only fail. */
function createStoredReader({ store, secrets, log }: SourcesDeps): () => Promise<readonly SourceDefinition[]> {
  const leftOut = new Set<string>();
  const definitionOf = (stored: StoredSource): readonly SourceDefinition[] => {
    const { namespace, id, kind, name, url, tenant, secret } = stored;
    try {
      const token = secret === '' ? '' : secrets.decrypt(secret);
      if (typeof token !== 'string') {
        throw new Error('expected a token');
      }
      return [{ namespace, id, kind, name, url, tenant, token, builtIn: false }];
    } catch (error) {
      if (!leftOut.has(secret)) {
        leftOut.add(secret);
        log.error(
          { source: id, error: messageOf(error) },
          'the token of a source cannot be decrypted: the source is left out'
        );
      }
      return [];
    }
  };
  return async () => (await store.read.sources.listAll()).flatMap(definitionOf);
}
