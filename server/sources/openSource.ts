import { createGrafanaSource } from './grafana.ts';
import {
  createHttpStore,
  withoutCredentials,
  type HttpStore,
  type StoreAddress,
  type StoreOptions,
} from './httpStore.ts';
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
  /** For the engine's own questions. */
  readonly source: Source;
  /** The same store for the questions of callers: what those cost does not count against the engine's own. */
  readonly forCallers: Source;
  close(): Promise<void>;
}

export function openSource(definition: SourceDefinition, options: StoreOptions): OpenSource {
  const { namespace, id, kind, name, url, tenant, builtIn } = definition;
  const { clock, limits } = options;
  const store = createHttpStore(definition, { clock, limits, guard: builtIn ? undefined : options.guard });
  const identity = { id, name, url: withoutCredentials(url), tenant, builtIn };
  const sourceOn = (way: HttpStore): Source => CREATE[kind](identity, { store: way, clock });
  return { namespace, source: sourceOn(store), forCallers: sourceOn(store.forCallers), close: () => store.close() };
}

const CREATE = {
  prometheus: createPrometheusSource,
  loki: createLokiSource,
  tempo: createTempoSource,
  grafana: createGrafanaSource,
};
