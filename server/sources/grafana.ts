import { z } from 'zod';
import type { HttpStore } from './httpStore.ts';
import type { Source } from './source.ts';

const healthAnswer = z.object({ database: z.literal('ok', { error: 'its database is not ok' }) });

/** Grafana is asked for its health only: data comes from the stores themselves. */
export function createGrafanaSource(
  identity: Omit<Source, 'health' | 'check' | 'kind'>,
  { store }: { readonly store: HttpStore }
): Source {
  return {
    ...identity,
    kind: 'grafana',
    health: () => store.health(),
    check: (signal) =>
      store.check(() => store.ask({ path: '/api/health', signal, parse: (body) => healthAnswer.parse(body) })),
  };
}
