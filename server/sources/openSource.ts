import { createGrafanaSource } from './grafana.ts';
import { createHttpStore, withoutCredentials, type StoreAddress, type StoreOptions } from './httpStore.ts';
import { createLokiSource } from './loki.ts';
import { createPrometheusSource } from './prometheus.ts';
import type { Source } from './source.ts';
import { createTempoSource } from './tempo.ts';

export interface SourceDefinition extends StoreAddress {
  readonly namespace: string;
  readonly id: string;
  /** From the deployment's own settings. */
  readonly builtIn: boolean;
}

export interface OpenSource {
  readonly namespace: string;
  readonly source: Source;
  close(): Promise<void>;
}

export function openSource(definition: SourceDefinition, options: StoreOptions): OpenSource {
  const { namespace, id, kind, name, url, tenant, builtIn } = definition;
  const { clock, limits } = options;
  const store = createHttpStore(definition, { clock, limits, guard: builtIn ? undefined : options.guard });
  const identity = { id, name, url: withoutCredentials(url), tenant, builtIn };
  const sources = {
    prometheus: () => createPrometheusSource(identity, { store, clock }),
    loki: () => createLokiSource(identity, { store, clock }),
    tempo: () => createTempoSource(identity, { store, clock }),
    grafana: () => createGrafanaSource(identity, store),
  };
  return { namespace, source: sources[kind](), close: () => store.close() };
}
