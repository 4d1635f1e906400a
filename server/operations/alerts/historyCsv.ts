import { csvCell } from '../../../src/core/csvCell.ts';
import type { Page, PageRequest } from '../../store/page.ts';
import type { StoredTransition } from '../../store/store.ts';

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

type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number>>>;

const PAGE = 1000;

export interface HistoryPages {
  readonly list: (page: PageRequest) => Promise<Page<StoredTransition>>;
  /** Rows after which it ends; then a last row says so. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** The history as CSV (RFC 4180), newest first. */
export async function historyCsv({ list, limit, signal }: HistoryPages): Promise<string> {
  const lines = [COLUMNS.join(',')];
  let cursor: string | undefined;
  let last: StoredTransition | undefined;
  let left = limit;
  do {
    signal.throwIfAborted();
    const page = await list({ limit: Math.min(PAGE, left), cursor });
    lines.push(...page.items.map((row) => csvLine(cellsOf(row))));
    last = page.items.at(-1) ?? last;
    left -= page.items.length;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && left > 0);
  if (cursor !== undefined && last !== undefined) {
    lines.push(csvLine(endedEarly(last, limit)));
  }
  return `${lines.join('\r\n')}\r\n`;
}

const cellsOf = (row: StoredTransition): Cells => ({
  ...Object.fromEntries(COLUMNS.map((column) => [column, row[column] ?? ''])),
  at: new Date(row.at).toISOString(),
});

/** A row as any other, so that no program trips over it, and of a kind that no event has. */
function endedEarly({ at }: StoredTransition, limit: number): Cells {
  const time = new Date(at).toISOString();
  const reason = `This file ends here, after ${limit} rows, and older ones are missing: export again with an end (to) of ${time}.`;
  return { at: time, kind: 'export_ended', reason };
}

const csvLine = (cells: Cells): string => COLUMNS.map((column) => csvCell(cells[column] ?? '')).join(',');
