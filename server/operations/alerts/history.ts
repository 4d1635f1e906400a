import * as contract from '../../../src/api/alerts.ts';
import type { InputOf } from '../../../src/api/operation.ts';
import type { HistoryFilter, StoredTransition } from '../../store/store.ts';
import { query } from '../operation.ts';
import { transitionView } from './alertView.ts';

const DEFAULT_LIMIT = 100;
const EXPORT_LIMIT = 100_000;
const EXPORT_PAGE = 1000;

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
  const page = await deps.store.read.history.list(identity.namespace, filterOf(input), {
    limit: input.limit ?? DEFAULT_LIMIT,
    cursor: input.cursor,
  });
  return { items: page.items.map(transitionView), next: page.next };
});

const COLUMNS = [
  'at',
  'service',
  'summary',
  'kind',
  'from',
  'to',
  'severity',
  'value',
  'actor',
  'reason',
  'ruleId',
  'alertId',
] as const;

export const exportHistory = query(contract.exportHistory, async (deps, { identity, signal }, input) => {
  const lines = [COLUMNS.join(',')];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await deps.store.read.history.list(identity.namespace, filterOf(input), {
      limit: EXPORT_PAGE,
      cursor,
    });
    lines.push(...page.items.map(csvLine));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && lines.length <= EXPORT_LIMIT);
  return `${lines.join('\r\n')}\r\n`;
});

const csvLine = (row: StoredTransition): string =>
  COLUMNS.map((column) => csvCell(column === 'at' ? new Date(row.at).toISOString() : String(row[column] ?? ''))).join(
    ','
  );

/** RFC 4180; a leading `=`, `+`, `-` or `@` would be run as a formula by spreadsheets, so it gets an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+@]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
