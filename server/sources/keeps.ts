import { z } from 'zod';
import { minutes, parseDuration, type DurationMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import type { KeepingSource } from './source.ts';

/** Settings of a store change with its restart only. */
const REMEMBERED = minutes(10);

/** Gateways keep such addresses to themselves, and stores that only speak the same language have none. */
const NOT_TOLD = [400, 401, 403, 404, 405, 501];

/** Where a store of each kind tells its settings, and how the time is read from there: text, as it is written. */
const TOLD = {
  prometheus: { path: '/api/v1/status/runtimeinfo', read: readPrometheus },
  loki: { path: '/config', read: readLoki },
  tempo: { path: '/status/config', read: readTempo },
} as const;

/** `100d`, or `15d or 50GiB`: then it may be less. */
const runtimeInfo = z.object({ data: z.object({ storageRetention: z.string() }) });

function readPrometheus(text: string): string | undefined {
  const info: unknown = JSON.parse(text);
  return /^[\da-z]+/.exec(runtimeInfo.parse(info).data.storageRetention)?.[0];
}

const lokiConfig = z.object({
  limits_config: z.object({ retention_period: z.string() }),
  compactor: z.object({ retention_enabled: z.boolean().default(false) }),
});

/** The reader of YAML is in memory only where a store that writes it is asked. */
async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  const parsed: unknown = parse(text);
  return parsed;
}

async function readLoki(text: string): Promise<string | undefined> {
  const { limits_config: limits, compactor } = lokiConfig.parse(await parseYaml(text));
  return compactor.retention_enabled ? limits.retention_period : undefined;
}

const compaction = z.object({ compaction: z.object({ block_retention: z.string() }) });
/** Of Tempo 2, and of Tempo 3, which has no compactor. */
const tempoConfig = z.union([
  z.object({ compactor: compaction }).transform((config) => config.compactor),
  z.object({ backend_worker: compaction }).transform((config) => config.backend_worker),
]);

/** Its first line is what it was asked. */
async function readTempo(text: string): Promise<string> {
  return tempoConfig.parse(await parseYaml(text.replace(/^GET .*\n---\n/, ''))).compaction.block_retention;
}

/** Asks a store for how long it keeps its data, and remembers that for a while. */
export function createKeeps(
  kind: keyof typeof TOLD,
  { store, clock }: { readonly store: HttpStore; readonly clock: Clock }
): KeepingSource['keeps'] {
  const { path, read } = TOLD[kind];
  let known: { readonly at: number; readonly keeps: DurationMs | undefined } | undefined;
  const readKept = async (text: string): Promise<DurationMs | undefined> => {
    try {
      const keeps = parseDuration((await read(text)) ?? '');
      return keeps === 0 ? undefined : keeps;
    } catch {
      // Another program, or a version that writes it elsewhere: it says nothing that could be read.
      return undefined;
    }
  };
  return async (signal) => {
    if (known !== undefined && clock.now() - known.at < REMEMBERED) {
      return known.keeps;
    }
    try {
      const text = await store.ask({ path, signal, absentOn: NOT_TOLD, limits: { asText: true }, parse: String });
      const keeps = text === undefined ? undefined : await readKept(text);
      known = { at: clock.now(), keeps };
      return keeps;
    } catch {
      return undefined;
    }
  };
}
