import * as contract from '../../../src/api/traces.ts';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { epochMs, hours, type EpochMs } from '../../../src/core/units.ts';
import { messageOf } from '../../errors.ts';
import { query } from '../operation.ts';
import { findTempo } from './findTempo.ts';

/** Long enough to know the names, short enough for a store to answer while a person types. */
const LOOK_BACK = hours(3);

const lately = (now: EpochMs): TimeWindow => ({ from: epochMs(now - LOOK_BACK), to: now });

const SCOPES = ['resource', 'span', 'intrinsic'] as const;

export const listTraceAttributes = query(contract.listTraceAttributes, async (deps, { identity, now, signal }) => {
  const found = findTempo(deps, identity.namespace, 'the names of attributes');
  if ('problem' in found) {
    return { items: [], problem: found.problem };
  }
  try {
    const all = await found.tempo.attributes({ ...lately(now), signal });
    const items = SCOPES.flatMap((scope) =>
      [...new Set(all.filter((one) => one.scope === scope).map(({ key }) => key))]
        .toSorted()
        .map((key) => ({ scope, key }))
    );
    return { items, problem: null };
  } catch (error) {
    return { items: [], problem: messageOf(error) };
  }
});

export const listTraceAttributeValues = query(
  contract.listTraceAttributeValues,
  async (deps, { identity, now, signal }, { attribute, limit }) => {
    const found = findTempo(deps, identity.namespace, `the values of ${attribute}`);
    if ('problem' in found) {
      return { items: [], problem: found.problem };
    }
    try {
      const values = await found.tempo.attributeValues(attribute, { ...lately(now), limit, signal });
      return { items: [...new Set(values)].toSorted().slice(0, limit), problem: null };
    } catch (error) {
      return { items: [], problem: messageOf(error) };
    }
  }
);
