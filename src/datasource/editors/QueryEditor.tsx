import { CoreApp, type QueryEditorProps } from '@grafana/data';
import { Alert, Combobox, Field, Stack } from '@grafana/ui';
import type { FrameQueryType } from '../../api/frames.ts';
import { t } from '../../i18n/t.ts';
import { changeType } from '../changeType.ts';
import { isQueryType, QUERY_FIELDS, type PharosApi, type PharosOptions, type PharosQuery } from '../query.ts';
import { QUERY_TYPES } from '../queryTypes.ts';
import { QueryFields } from './QueryFields.tsx';
import { useEachOnce } from './useEachOnce.ts';

export type PharosEditorProps = Pick<
  QueryEditorProps<PharosApi, PharosQuery, PharosOptions>,
  'app' | 'datasource' | 'query' | 'onChange' | 'onRunQuery'
>;

const optionOf = (value: FrameQueryType) => ({
  value,
  label: QUERY_TYPES[value].label,
  description: QUERY_TYPES[value].description,
});

const isType = (text: string): text is FrameQueryType => isQueryType(text);
// Made once: a combobox takes each new list, and each new option object, for another choice. This file loads once the language has.
const TYPES = Object.keys(QUERY_FIELDS).filter(isType).map(optionOf);
const RULE_TYPES = TYPES.filter(({ value }) => !QUERY_TYPES[value].isTable);

/** What to ask Pharos, and only the fields that matter to it. A rule is offered what alerting can judge. */
export function QueryEditor({ app, datasource, query, onChange, onRunQuery }: PharosEditorProps) {
  const isRule = app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
  const queryType = isQueryType(query.queryType) ? query.queryType : undefined;
  const change = useEachOnce(query, (changed) => {
    onChange(changed);
    onRunQuery();
  });
  return (
    <Stack direction="column" gap={2}>
      <Field
        noMargin
        label={t('datasource.query-editor.ask-for', 'Query type')}
        description={
          queryType === undefined
            ? t('datasource.query-editor.choose-what-to-ask-pharos', 'Choose a query type.')
            : QUERY_TYPES[queryType].description
        }
      >
        <Combobox
          id={`pharos-${query.refId}-type`}
          width={32}
          placeholder={t('datasource.query-editor.choose', 'Choose')}
          options={isRule ? RULE_TYPES : TYPES}
          value={queryType ?? null}
          onChange={({ value }) => change(changeType(query, value))}
        />
      </Field>
      {isRule && queryType !== undefined && QUERY_TYPES[queryType].isTable && (
        <Alert
          severity="warning"
          title={t(
            'datasource.query-editor.is-a-table-which-a',
            '{{label}} is a table, which an alert rule cannot evaluate',
            {
              label: QUERY_TYPES[queryType].label,
            }
          )}
        >
          {t(
            'datasource.query-editor.ask-for-alert-counts-they',
            'Choose Alert counts: it counts the same alerts over time.'
          )}
        </Alert>
      )}
      {queryType !== undefined && <QueryFields {...{ query, queryType, datasource }} onChange={change} />}
    </Stack>
  );
}
