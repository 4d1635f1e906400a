import { HISTORY_COLUMNS } from '../../../src/api/frames.ts';
import { TRANSITION_WORDS } from '../../../src/core/alerts/transitionWords.ts';
import type { StoredTransition } from '../../store/store.ts';
import { toldHistory } from '../alerts/toldHistory.ts';
import { buildFrame, linkToAlert, tableMeta, warning } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';
import { readPages } from './readPages.ts';
import { texts, times, type ColumnOf } from './tableColumns.ts';

const DEFAULT_LIMIT = 1000;

/** Grafana splits at commas. */
const tag = (text: string): string => text.replaceAll(',', ' ').trim();

const tagsOf = ({ kind, severity, service }: StoredTransition): string =>
  [kind, severity, service]
    .map(tag)
    .filter((text) => text !== '')
    .join(',');

const COLUMNS: Readonly<Record<(typeof HISTORY_COLUMNS)[number], ColumnOf<StoredTransition>>> = {
  time: times(({ at }) => at),
  kind: texts(({ kind }) => kind),
  title: texts(
    ({ kind, summary }) => (summary === '' ? TRANSITION_WORDS[kind] : `${TRANSITION_WORDS[kind]} · ${summary}`),
    {
      links: linkToAlert('alertId'),
    }
  ),
  text: texts(({ reason }) => reason),
  tags: texts(tagsOf),
  service: texts(({ service }) => service),
  severity: texts(({ severity }) => severity),
  actor: texts(({ actor }) => actor),
  alertId: texts(({ alertId }) => alertId),
};

/** What happened within the time range, newest first. */
export const historyFrame: FrameSource<'history'> = {
  isTable: true,
  async answer({ deps, namespace, role, refId, from, to, signal }, { services, kinds, limit = DEFAULT_LIMIT }) {
    const filter = { from, to, services, kinds };
    const { items: rows, hasMore } = await readPages(limit, signal, (page) =>
      toldHistory(deps, { namespace, role })(filter, page)
    );
    const notices = hasMore
      ? [warning(`These are the last ${rows.length} events of the range; there were more before.`)]
      : [];
    return [
      buildFrame(
        { refId, name: 'history', meta: tableMeta(notices) },
        HISTORY_COLUMNS.map((name) => COLUMNS[name](name, rows))
      ),
    ];
  },
};
