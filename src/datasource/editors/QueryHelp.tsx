import type { QueryEditorHelpProps } from '@grafana/data';
import { Button, Stack, Text } from '@grafana/ui';
import { t } from '../../i18n/t.ts';
import { describeQuery } from '../describeQuery.ts';
import type { PharosQuery } from '../query.ts';

const EXAMPLES: ReadonlyArray<{ readonly question: string; readonly query: Omit<PharosQuery, 'refId'> }> = [
  {
    get question() {
      return t('datasource.query-help.what-is-open-and-since', 'How many alerts are open, and since when?');
    },
    query: { queryType: 'alertCounts', groupBy: 'severity' },
  },
  {
    get question() {
      return t('datasource.query-help.which-alerts-are-open-now', 'Which alerts are open now?');
    },
    query: { queryType: 'alerts' },
  },
  {
    get question() {
      return t('datasource.query-help.what-happened', 'What happened?');
    },
    query: { queryType: 'history', kinds: ['fired', 'severity_raised', 'resolved'] },
  },
  {
    get question() {
      return t('datasource.query-help.how-slow-are-the-services', 'How slow are the services?');
    },
    query: { queryType: 'signals', signal: 'latency_p95' },
  },
  {
    get question() {
      return t('datasource.query-help.does-the-engine-itself-do', 'Is the engine itself healthy?');
    },
    query: { queryType: 'status' },
  },
];

/** What Explore shows before anything was asked. */
export function QueryHelp({ onClickExample }: Pick<QueryEditorHelpProps<PharosQuery>, 'onClickExample'>) {
  return (
    <Stack direction="column" gap={1} alignItems="flex-start">
      <Text element="h2" variant="h5">
        {t('datasource.query-help.what-pharos-can-be-asked', 'What you can query')}
      </Text>
      {EXAMPLES.map(({ question, query }) => (
        <Stack key={question} gap={2} alignItems="center" wrap="wrap">
          <Text>{question}</Text>
          <Button variant="secondary" size="sm" onClick={() => onClickExample({ refId: 'A', ...query })}>
            {describeQuery({ refId: 'A', ...query })}
          </Button>
        </Stack>
      ))}
    </Stack>
  );
}
