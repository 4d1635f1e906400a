import { z } from 'zod';
import { epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import { createKeeps } from './keeps.ts';
import { createNewestByService } from './newestByService.ts';
import type { Source, TempoSource } from './source.ts';
import { createAttributeReader } from './traceAttributes.ts';
import { createTraceReader } from './traceRead.ts';
import { endOf, foundTrace, searchAnswer, servicesOf } from './traceSearch.ts';

/** Asked each minute; traces arrive when they end, so it looks back further than that. */
const LOOK_BACK = minutes(5);
const MAX_TRACES = 200;
/** Services that are asked for by name in one round. */
const MAX_NAMED = 50;

const anything = z.object({});

/**
 * Of more traces than the limit, Tempo answers those that it comes upon first, and those are old ones. The hint is known to Tempo 2.8
 * and later; the ones before pay it no heed.
 */
const newestOf = (selection: string): string => `${selection} with (most_recent=true)`;

/** Of a query that brings its own, which Tempo takes once only. */
const HAS_HINTS = /\bwith\s*\(/;

const seconds = (at: EpochMs): string => String(Math.floor(at / 1000));

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

  const searchNewest = async (selection: string, { now, limit, signal }: Search): Promise<Found> => {
    const answer = await store.ask({
      path: '/api/search',
      params: {
        q: newestOf(selection),
        start: seconds(epochMs(now - LOOK_BACK)),
        end: seconds(now),
        limit: String(limit),
      },
      signal,
      parse: (body) => searchAnswer.parse(body),
    });
    const traces = answer?.traces ?? [];
    const services = new Set<string>();
    for (const one of traces) {
      for (const service of servicesOf(one)) {
        newest.add(service, endOf(one));
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
      const found = await searchNewest('{}', { now, limit: MAX_TRACES, signal });
      if (found.traces === MAX_TRACES) {
        // Others than those were left out: a quiet service among busy ones would seem silent.
        for (const service of unseen.next(newest.read(now), found.services)) {
          await searchNewest(`{resource.service.name=${JSON.stringify(service)}}`, { now, limit: 1, signal });
        }
      }
      return newest.read(now);
    },
    async search(query, { from, to, limit, signal }) {
      const ask = (q: string, absentOn: readonly number[] = []) =>
        store.ask({
          path: '/api/search',
          params: {
            q,
            start: seconds(from),
            // Whole seconds only, and one at least.
            end: String(Math.floor(to / 1000) + 1),
            limit: String(limit),
            // Enough to see whether a span of it failed.
            spss: '3',
          },
          signal,
          absentOn,
          parse: (body) => searchAnswer.parse(body),
        });
      // What is wrong with a query is to be said in its own words, without the hint.
      const newestFirst = HAS_HINTS.test(query) ? undefined : await ask(newestOf(query), [400]);
      const answer = newestFirst ?? (await ask(query));
      return (answer?.traces ?? []).map(foundTrace);
    },
    ...{ trace: createTraceReader(store), keeps: createKeeps('tempo', { store, clock }) },
    ...createAttributeReader(store),
  };
}
