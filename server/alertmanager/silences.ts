import { z } from 'zod';
import { operation } from '../../src/api/operation.ts';
import { pathId, time } from '../../src/api/wire.ts';
import { compileMatchers } from '../../src/core/matchers.ts';
import { EngineError } from '../errors.ts';
import { change, query } from '../operations/operation.ts';
import { addSilence, editSilence, endSilence } from '../operations/routing/saveSilence.ts';
import { parseFilters } from './alerts.ts';
import { fromMatcherV2, gettableSilence, matcherV2 } from './shapes.ts';

/** Alertmanager has no pages; more live and recent silences than this nobody reads. */
const MAX_SILENCES = 1000;

export const getSilences = query(
  operation({
    name: 'alertmanagerGetSilences',
    method: 'GET',
    path: '/api/v2/silences',
    access: 'viewer',
    summary: 'Silences, as Alertmanager lists them.',
    input: z.object({ filter: z.array(z.string().max(4096)).max(50).default([]) }),
    output: z.array(z.unknown()),
  }),
  async (deps, { identity, now }, { filter }) => {
    // As Alertmanager does: what a silence matches by stands for the labels of an alert, whatever the operator.
    const isWanted = compileMatchers(parseFilters(filter), deps.compileRegex);
    const page = await deps.store.read.silences.list(identity.namespace, { limit: MAX_SILENCES });
    return page.items
      .filter(({ matchers }) => isWanted(Object.fromEntries(matchers.map(({ name, value }) => [name, value]))))
      .map((silence) => gettableSilence(silence, now));
  }
);

export const getSilence = query(
  operation({
    name: 'alertmanagerGetSilence',
    method: 'GET',
    path: '/api/v2/silence/{id}',
    access: 'viewer',
    summary: 'One silence.',
    input: z.object({ id: pathId }),
    output: z.unknown(),
  }),
  async (deps, { identity, now }, { id }) => {
    const silence = await deps.store.read.silences.get(identity.namespace, id);
    if (silence === undefined) {
      throw new EngineError('not_found', `There is no silence ${id}.`);
    }
    return gettableSilence(silence, now);
  }
);

export const postSilence = change(
  operation({
    name: 'alertmanagerPostSilence',
    method: 'POST',
    path: '/api/v2/silences',
    access: 'editor',
    summary: 'Make a silence, or change the one whose id is given; other matchers make a new one in its place.',
    input: z.object({
      id: z.string().max(200).optional(),
      matchers: z.array(matcherV2).min(1).max(50),
      startsAt: time,
      endsAt: time,
      createdBy: z.string().min(1).max(200),
      comment: z.string().min(1).max(1000),
    }),
    output: z.object({ silenceID: z.string() }),
  }),
  async (deps, call, { id = '', matchers, ...rest }) => {
    const draft = { ...rest, matchers: matchers.map(fromMatcherV2) };
    const { silence, audit } = await (id === ''
      ? addSilence(deps, call, draft)
      : editSilence(deps, call, { ...draft, id }));
    return { output: { silenceID: silence.id }, audit };
  }
);

export const deleteSilence = change(
  operation({
    name: 'alertmanagerDeleteSilence',
    method: 'DELETE',
    path: '/api/v2/silence/{id}',
    access: 'editor',
    summary: 'End a silence now.',
    input: z.object({ id: pathId }),
    output: z.object({}),
  }),
  async (deps, call, { id }) => {
    const { audit } = await endSilence(deps, call, id);
    return { output: {}, audit };
  }
);
