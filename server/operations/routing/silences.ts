import { matchingLabels } from '../../../src/core/routing/matchingLabels.ts';
import * as contract from '../../../src/api/routing.ts';
import type { SilenceView } from '../../../src/api/routing.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { compileMatchers } from '../../../src/core/matchers.ts';
import { silenceState, type Silence } from '../../../src/core/routing/silence.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import type { AlertRepository } from '../../store/store.ts';
import { change, query, type ChangeCall } from '../operation.ts';
import { alertView } from '../alerts/alertView.ts';
import { addSilence, editSilence, endSilence } from './saveSilence.ts';

const DEFAULT_LIMIT = 100;
const PREVIEW_ITEMS = 100;
type OpenPages = ReturnType<AlertRepository['openPages']>;

/** Silences with how many of the open alerts each matches, in the order given. */
async function viewAll(
  deps: Deps,
  silences: readonly Silence[],
  { open, now }: { open: OpenPages; now: EpochMs }
): Promise<SilenceView[]> {
  const counted = silences.map((silence) => ({
    ...{ silence, matching: 0 },
    matches: compileMatchers(silence.matchers, deps.compileRegex),
  }));
  if (counted.length > 0) {
    for await (const page of open) {
      const labels = page.map(matchingLabels);
      for (const one of counted) {
        one.matching += labels.filter(one.matches).length;
      }
    }
  }
  return counted.map(({ silence, matching }) => view(silence, matching, now));
}

async function viewOne(deps: Deps, { tx, identity, now }: ChangeCall, silence: Silence): Promise<SilenceView> {
  const [shown] = await viewAll(deps, [silence], { open: tx.alerts.openPages(identity.namespace), now });
  return shown ?? view(silence, 0, now);
}

function view(silence: Silence, matching: number, now: EpochMs): SilenceView {
  const { namespace: _namespace, madeBy: _madeBy, matchers, ...shown } = silence;
  return {
    ...shown,
    matchers: matchers.map((matcher) => ({ ...matcher })),
    state: silenceState(silence, now),
    matching,
  };
}

export const listSilences = query(contract.listSilences, async (deps, { identity, now }, { state, limit, cursor }) => {
  const { namespace } = identity;
  const onlyLive = state !== undefined && !state.includes('expired');
  const page = await deps.store.read.silences.list(namespace, {
    limit: limit ?? DEFAULT_LIMIT,
    cursor,
    ...(onlyLive ? { endsAfter: now } : {}),
  });
  const wanted = page.items.filter((silence) => state === undefined || state.includes(silenceState(silence, now)));
  const open = deps.store.read.alerts.openPages(namespace);
  return { items: await viewAll(deps, wanted, { open, now }), next: page.next };
});

export const createSilence = change(contract.createSilence, async (deps, call, input) => {
  const { silence, audit } = await addSilence(deps, call, input);
  return { output: { silence: await viewOne(deps, call, silence) }, audit };
});

export const updateSilence = change(contract.updateSilence, async (deps, call, input) => {
  const { silence, replaced, audit } = await editSilence(deps, call, input);
  return { output: { silence: await viewOne(deps, call, silence), replaced: replaced?.id ?? null }, audit };
});

export const expireSilence = change(contract.expireSilence, async (deps, call, { id }) => {
  const { silence, audit } = await endSilence(deps, call, id);
  return { output: { silence: await viewOne(deps, call, silence) }, audit };
});

export const previewSilence = query(contract.previewSilence, async (deps, { identity }, { matchers }) => {
  const matches = compileMatchers(matchers, deps.compileRegex);
  const shown: Alert[] = [];
  let total = 0;
  for await (const page of deps.store.read.alerts.openPages(identity.namespace)) {
    const matching = page.filter((alert) => matches(matchingLabels(alert)));
    shown.push(...matching.slice(0, PREVIEW_ITEMS - shown.length));
    total += matching.length;
  }
  return { total, items: shown.map(alertView) };
});
