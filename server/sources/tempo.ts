import { z } from 'zod';
import { epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import { createNewestByService } from './newestByService.ts';
import type { Source, TempoSource } from './source.ts';
import { endOf, foundTrace, searchAnswer, servicesOf } from './traceSearch.ts';

/** Asked each minute; traces arrive when they end, so it looks back further than that. */
const LOOK_BACK = minutes(5);
const MAX_TRACES = '200';

const anything = z.object({});

const seconds = (at: EpochMs): string => String(Math.floor(at / 1000));

export function createTempoSource(
  identity: Omit<Source, 'health' | 'check' | 'kind'>,
  { store, clock }: { store: HttpStore; clock: Clock }
): TempoSource {
  const newest = createNewestByService((at) => store.record.sawDataOf(at));
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
      const answer = await store.ask({
        path: '/api/search',
        params: { q: '{}', start: seconds(epochMs(now - LOOK_BACK)), end: seconds(now), limit: MAX_TRACES },
        signal,
        parse: (body) => searchAnswer.parse(body),
      });
      for (const found of answer?.traces ?? []) {
        for (const service of servicesOf(found)) {
          newest.add(service, endOf(found));
        }
      }
      return newest.read();
    },
    async search(query, { from, to, limit, signal }) {
      const answer = await store.ask({
        path: '/api/search',
        params: {
          q: query,
          start: seconds(from),
          // Whole seconds only, and one at least.
          end: String(Math.floor(to / 1000) + 1),
          limit: String(limit),
          // Enough to see whether a span of it failed.
          spss: '3',
        },
        signal,
        parse: (body) => searchAnswer.parse(body),
      });
      return (answer?.traces ?? []).map(foundTrace);
    },
  };
}
