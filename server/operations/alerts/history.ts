import * as contract from '../../../src/api/alerts.ts';
import type { InputOf } from '../../../src/api/operation.ts';
import type { HistoryFilter } from '../../store/store.ts';
import { query } from '../operation.ts';
import { transitionView } from './alertView.ts';
import { historyCsv } from './historyCsv.ts';
import { toldHistory } from './toldHistory.ts';

const DEFAULT_LIMIT = 100;
const EXPORT_LIMIT = 100_000;

const filterOf = (input: InputOf<typeof contract.exportHistory>): HistoryFilter => ({
  from: input.from,
  to: input.to,
  service: input.service,
  ruleId: input.ruleId,
  actor: input.actor,
  alertId: input.alertId,
  kinds: input.kind,
});

export const listHistory = query(contract.listHistory, async (deps, { identity }, input) => {
  const page = await toldHistory(deps, identity)(filterOf(input), {
    limit: input.limit ?? DEFAULT_LIMIT,
    cursor: input.cursor,
  });
  return { items: page.items.map(transitionView), next: page.next };
});

export const exportHistory = query(contract.exportHistory, (deps, { identity, signal }, input) =>
  historyCsv({
    list: (page) => toldHistory(deps, identity)(filterOf(input), page),
    limit: EXPORT_LIMIT,
    signal,
  })
);
