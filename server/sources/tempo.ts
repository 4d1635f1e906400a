import { z } from 'zod';
import { epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { HttpStore } from './httpStore.ts';
import { createNewestByService } from './newestByService.ts';
import type { Source, TempoSource } from './source.ts';

/** Asked each minute; traces arrive when they end, so it looks back further than that. */
const LOOK_BACK = minutes(5);
const MAX_TRACES = '200';

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
        const end = epochMs(fromNanoseconds(found.startTimeUnixNano) + (found.durationMs ?? 0));
        for (const service of servicesOf(found)) {
          newest.add(service, end);
        }
      }
      return newest.read();
    },
  };
}
