import { z } from 'zod';
import { epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import { createNewestByService } from './newestByService.ts';
import type { Source, TempoSource } from './source.ts';

/** Asked each minute; traces arrive when they end, so it looks back further than that. */
const LOOK_BACK = minutes(5);
const MAX_TRACES = 200;
/** Services that are asked for by name in one round. */
const MAX_NAMED = 50;

const trace = z.object({
  rootServiceName: z.string().optional(),
  startTimeUnixNano: z.string().regex(/^\d+$/),
  durationMs: z.number().optional(),
  /** All services of the trace, since Tempo 2.4. */
  serviceStats: z.record(z.string(), z.unknown()).optional(),
});
const searchAnswer = z.object({ traces: z.array(trace).optional() });
const anything = z.object({});

/** Tempo says this in place of a name while the root span has not arrived. */
const NO_ROOT = '<root span not yet received>';

const seconds = (at: EpochMs): string => String(Math.floor(at / 1000));

/** Nanoseconds do not fit a number. */
const fromNanoseconds = (text: string): EpochMs => epochMs(Number(BigInt(text) / 1_000_000n));

function servicesOf({ rootServiceName, serviceStats }: z.output<typeof trace>): readonly string[] {
  const names = new Set(Object.keys(serviceStats ?? {}));
  if (rootServiceName !== undefined && rootServiceName !== '' && rootServiceName !== NO_ROOT) {
    names.add(rootServiceName);
  }
  return [...names];
}

interface Search {
  readonly now: EpochMs;
  readonly limit: number;
  readonly signal: AbortSignal;
}

interface Found {
  readonly traces: number;
  readonly services: ReadonlySet<string>;
}

/** Takes turns among the services that a cut-off answer left out, so that each is asked for in time. */
function createRotation() {
  let askedInRound = new Map<string, number>();
  let round = 0;
  return {
    next(known: ReadonlyMap<string, EpochMs>, found: ReadonlySet<string>): readonly string[] {
      round += 1;
      const missing = [...known.keys()].filter((service) => !found.has(service));
      const last = new Map(missing.map((service) => [service, askedInRound.get(service) ?? 0]));
      const turn = missing.toSorted((a, b) => (last.get(a) ?? 0) - (last.get(b) ?? 0)).slice(0, MAX_NAMED);
      askedInRound = last;
      for (const service of turn) {
        askedInRound.set(service, round);
      }
      return turn;
    },
  };
}

export function createTempoSource(
  identity: Omit<Source, 'health' | 'check' | 'kind'>,
  { store, clock }: { store: HttpStore; clock: Clock }
): TempoSource {
  const newest = createNewestByService((at) => store.record.sawDataOf(at));
  const unseen = createRotation();

  const search = async (q: string, { now, limit, signal }: Search): Promise<Found> => {
    const answer = await store.ask({
      path: '/api/search',
      params: { q, start: seconds(epochMs(now - LOOK_BACK)), end: seconds(now), limit: String(limit) },
      signal,
      parse: (body) => searchAnswer.parse(body),
    });
    const traces = answer?.traces ?? [];
    const services = new Set<string>();
    for (const one of traces) {
      const end = epochMs(fromNanoseconds(one.startTimeUnixNano) + (one.durationMs ?? 0));
      for (const service of servicesOf(one)) {
        newest.add(service, end);
        services.add(service);
      }
    }
    return { traces: traces.length, services };
  };

  return {
    ...identity,
    kind: 'tempo',
    health: () => store.health(),
    check: (signal) =>
      store.check(() =>
        store.ask({
          path: '/api/search/tags',
          params: { scope: 'resource' },
          signal,
          parse: (body) => anything.parse(body),
        })
      ),
    async newestByService(signal) {
      const now = clock.now();
      const found = await search('{}', { now, limit: MAX_TRACES, signal });
      if (found.traces === MAX_TRACES) {
        // Others than those were left out: a quiet service among busy ones would seem silent.
        for (const service of unseen.next(newest.read(now), found.services)) {
          await search(`{resource.service.name=${JSON.stringify(service)}}`, { now, limit: 1, signal });
        }
      }
      return newest.read(now);
    },
  };
}
