import { ALERT_COLUMNS } from '../../../src/api/frames.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { isAny } from '../../../src/core/isAny.ts';
import type { AlertFilter } from '../../store/store.ts';
import { OPEN_STATES } from '../alerts/openStates.ts';
import { buildFrame, linkToAlert, tableMeta, warning, type Notice } from './buildFrame.ts';
import type { FrameCall, FrameSource } from './frameSource.ts';
import { readPages } from './readPages.ts';
import { numbers, objects, texts, times, type ColumnOf } from './tableColumns.ts';

const DEFAULT_LIMIT = 1000;

const COLUMNS: Readonly<Record<(typeof ALERT_COLUMNS)[number], ColumnOf<Alert>>> = {
  startsAt: times(({ startsAt }) => startsAt),
  severity: texts(({ severity }) => severity),
  state: texts(({ state }) => state),
  service: texts(({ service }) => service),
  summary: texts(({ summary }) => summary, { links: linkToAlert('id') }),
  value: numbers(({ value }) => value),
  unit: texts(({ unit }) => unit ?? ''),
  owner: texts(({ labels }) => labels['owner'] ?? ''),
  acknowledgedBy: texts(({ acknowledged }) => acknowledged?.by ?? ''),
  acknowledgedComment: texts(({ acknowledged }) => acknowledged?.comment ?? ''),
  suppressed: texts(({ suppressedBy }) => [...new Set(suppressedBy.map(({ kind }) => kind))].join(', ')),
  source: texts(({ source }) => source),
  updatedAt: times(({ updatedAt }) => updatedAt),
  labels: objects(({ labels }) => labels),
  id: texts(({ id }) => id),
};

/** The alerts as they stand now, whatever the time range. */
export const alertsFrame: FrameSource<'alerts'> = {
  isTable: true,
  async answer(call, { states, severities, services, owners, sources, limit = DEFAULT_LIMIT }) {
    const filter: AlertFilter = {
      states: isAny(states) ? states : OPEN_STATES,
      ...{ severities, services, owners, sources },
    };
    const { items: alerts, hasMore } = await readPages(limit, call.signal, (page) =>
      call.deps.store.read.alerts.list(call.namespace, filter, page)
    );
    const notices: readonly Notice[] = hasMore ? [await truncation(call, filter, alerts.length)] : [];
    return [
      buildFrame(
        { refId: call.refId, name: 'alerts', meta: tableMeta(notices) },
        ALERT_COLUMNS.map((name) => COLUMNS[name](name, alerts))
      ),
    ];
  },
};

async function truncation({ deps, namespace }: FrameCall, filter: AlertFilter, shown: number): Promise<Notice> {
  const { total } = await deps.store.read.alerts.count(namespace, filter);
  return warning(`These are the ${shown} most urgent of ${total} alerts; filter, or raise the limit (up to 10000).`);
}
