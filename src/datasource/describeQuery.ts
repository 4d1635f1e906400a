import type { FrameQueryType } from '../api/frames.ts';
import { TRANSITION_WORDS } from '../core/alerts/transitionWords.ts';
import type { TransitionKind } from '../core/alerts/transition.ts';
import { findSignal } from '../core/signals/catalogue.ts';
import { inSentence } from '../i18n/inSentence.ts';
import { t } from '../i18n/t.ts';
import { transitionTitle } from '../ui/transitionTitle.ts';
import { isQueryType, QUERY_FIELDS, type ListField, type PharosQuery, type QueryField } from './query.ts';
import { QUERY_TYPES } from './queryTypes.ts';

const isKind = (text: string): text is TransitionKind => Object.hasOwn(TRANSITION_WORDS, text);

const LISTS: Readonly<Record<ListField, (value: string) => string>> = {
  states: (state) => state.replace('_', ' '),
  severities: (severity) => severity,
  services: (service) => service,
  owners: (owner) => t('datasource.describe-query.owner', 'owner {{owner}}', { owner }),
  sources: (source) => t('datasource.describe-query.from', 'from {{source}}', { source }),
  kinds: (kind) => (isKind(kind) ? inSentence(transitionTitle(kind)) : kind),
  figures: (figure) => figure.replaceAll('_', ' '),
};

const isList = (field: QueryField): field is ListField => Object.hasOwn(LISTS, field);

/** What is typed, in the order in which it is read. */
const textsOf = ({ traceql = '', traceId = '', offset = '', depth, errorsOnly }: PharosQuery): readonly string[] => [
  ...[traceql, traceId],
  depth === undefined
    ? ''
    : t('datasource.describe-query.calls-away', '', {
        count: depth,
        defaultValue_one: 'within {{count}} call',
        defaultValue_other: 'within {{count}} calls',
      }),
  errorsOnly === true ? t('datasource.describe-query.errors-only', 'errors only') : '',
  offset === '' ? '' : t('datasource.describe-query.against-before', 'compared with {{offset}} earlier', { offset }),
];

function subjectOf({ signal, groupBy = 'none' }: PharosQuery, queryType: FrameQueryType): string {
  if (queryType === 'signals') {
    return (
      findSignal(signal ?? '')?.title ??
      signal ??
      t('datasource.describe-query.a-signal-yet-to-be', 'A signal yet to be chosen')
    );
  }
  const what = QUERY_TYPES[queryType].label;
  return queryType === 'alertCounts' && groupBy !== 'none'
    ? t('datasource.describe-query.by', '{{what}} by {{groupBy}}', { what, groupBy })
    : what;
}

/** A query in a line, for the history of Explore and for folded editors: `Alert counts by severity · firing · checkout, cart`. */
export function describeQuery(query: PharosQuery): string {
  const { queryType } = query;
  if (!isQueryType(queryType)) {
    return t('datasource.describe-query.no-query-yet', 'No query yet');
  }
  const lists = QUERY_FIELDS[queryType]
    .filter(isList)
    .map((field) => (query[field] ?? []).map(LISTS[field]).join(', '));
  return [subjectOf(query, queryType), ...textsOf(query), ...lists].filter((text) => text !== '').join(' · ');
}
