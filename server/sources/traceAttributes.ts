import { z } from 'zod';
import type { EpochMs } from '../../src/core/units.ts';
import type { HttpStore } from './httpStore.ts';
import type { TempoSource, TraceAttribute } from './source.ts';

const SCOPES = ['resource', 'span', 'intrinsic'] as const;
const isScope = (name: string): name is (typeof SCOPES)[number] => SCOPES.some((scope) => scope === name);

const tagsAnswer = z.object({
  scopes: z.array(z.object({ name: z.string(), tags: z.array(z.string()).nullish() })).nullish(),
});

const valuesAnswer = z.object({
  tagValues: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]) })).nullish(),
});

/** Attributes by scope; those of events, links and instrumentation are left out. @throws ZodError */
function parseAttributes(body: unknown): readonly TraceAttribute[] {
  return (tagsAnswer.parse(body).scopes ?? []).flatMap(({ name, tags }) =>
    isScope(name) ? (tags ?? []).map((key) => ({ scope: name, key })) : []
  );
}

/** @throws ZodError */
function parseAttributeValues(body: unknown): readonly string[] {
  return (valuesAnswer.parse(body).tagValues ?? []).map(({ value }) => String(value));
}

const seconds = (at: EpochMs): string => String(Math.floor(at / 1000));

/** What there is to ask for. A Tempo before 2.4, which cannot tell, has nothing to suggest. */
export function createAttributeReader(store: HttpStore): Pick<TempoSource, 'attributes' | 'attributeValues'> {
  return {
    attributes: async ({ from, to, signal }) =>
      (await store.ask({
        path: '/api/v2/search/tags',
        params: { start: seconds(from), end: seconds(to) },
        signal,
        parse: parseAttributes,
        absentOn: [404],
      })) ?? [],
    attributeValues: async (attribute, { from, to, limit, signal }) =>
      (await store.ask({
        path: `/api/v2/search/tag/${encodeURIComponent(attribute)}/values`,
        params: { start: seconds(from), end: seconds(to), limit: String(limit) },
        signal,
        parse: parseAttributeValues,
        absentOn: [404],
      })) ?? [],
  };
}
