import { matchingLabels } from '../../../src/core/routing/matchingLabels.ts';
import * as contract from '../../../src/api/routing.ts';
import type { SilenceView } from '../../../src/api/routing.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { compileMatchers } from '../../../src/core/matchers.ts';
import { silenceState, type Silence } from '../../../src/core/routing/silence.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { change, query, type ChangeCall } from '../operation.ts';
import { alertView } from '../alerts/alertView.ts';
import { addSilence, editSilence, endSilence } from './saveSilence.ts';

const DEFAULT_LIMIT = 100;
const PREVIEW_ITEMS = 100;
function countMatching(deps: Deps, silence: Pick<Silence, 'matchers'>, open: readonly Alert[]): number {
  const matches = compileMatchers(silence.matchers, deps.compileRegex);
  return open.filter((alert) => matches(matchingLabels(alert))).length;
}

function view(deps: Deps, silence: Silence, context: { open: readonly Alert[]; now: EpochMs }): SilenceView {
  const { namespace: _namespace, matchers, ...shown } = silence;
  return {
    ...shown,
    matchers: matchers.map((matcher) => ({ ...matcher })),
    state: silenceState(silence, context.now),
    matching: countMatching(deps, silence, context.open),
  };
}

export const listSilences = query(contract.listSilences, async (deps, { identity, now }, { state, limit, cursor }) => {
  const { namespace } = identity;
  const open = await deps.store.read.alerts.listOpen(namespace);
  const onlyLive = state !== undefined && !state.includes('expired');
  const page = await deps.store.read.silences.list(namespace, {
    limit: limit ?? DEFAULT_LIMIT,
    cursor,
    ...(onlyLive ? { endsAfter: now } : {}),
  });
  const views = page.items.map((silence) => view(deps, silence, { open, now }));
  return { items: views.filter((silence) => state === undefined || state.includes(silence.state)), next: page.next };
});

async function answer(deps: Deps, { tx, identity, now }: ChangeCall, silence: Silence): Promise<SilenceView> {
  return view(deps, silence, { open: await tx.alerts.listOpen(identity.namespace), now });
}

export const createSilence = change(contract.createSilence, async (deps, call, input) => {
  const { silence, audit } = await addSilence(deps, call, input);
  return { output: { silence: await answer(deps, call, silence) }, audit };
});

export const updateSilence = change(contract.updateSilence, async (deps, call, input) => {
  const { silence, replaced, audit } = await editSilence(deps, call, input);
  return { output: { silence: await answer(deps, call, silence), replaced: replaced?.id ?? null }, audit };
});

export const expireSilence = change(contract.expireSilence, async (deps, call, { id }) => {
  const { silence, audit } = await endSilence(deps, call, id);
  return { output: { silence: await answer(deps, call, silence) }, audit };
});

export const previewSilence = query(contract.previewSilence, async (deps, { identity }, { matchers }) => {
  const matches = compileMatchers(matchers, deps.compileRegex);
  const matching = (await deps.store.read.alerts.listOpen(identity.namespace)).filter((alert) =>
    matches(matchingLabels(alert))
  );
  return { total: matching.length, items: matching.slice(0, PREVIEW_ITEMS).map(alertView) };
});
