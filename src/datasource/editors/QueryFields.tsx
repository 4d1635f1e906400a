import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Checkbox, useStyles2, type ComboboxOption } from '@grafana/ui';
import type { FrameQueryType } from '../../api/frames.ts';
import { ALERT_GROUPINGS, type AlertGrouping } from '../../core/frames/alertGrouping.ts';
import { isAgeSignal } from '../../core/signals/age.ts';
import { SIGNALS } from '../../core/signals/catalogue.ts';
import { t } from '../../i18n/t.ts';
import { QUERY_FIELDS, type PharosApi, type PharosQuery, type QueryField } from '../query.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { ListField } from './ListField.tsx';
import { NumberField } from './NumberField.tsx';
import { TextField } from './TextField.tsx';

const GROUPING_WORDS: Readonly<Record<AlertGrouping, string>> = {
  get none() {
    return t('datasource.query-fields.nothing-one-count-of-all', 'None: one count of all');
  },
  get severity() {
    return t('datasource.query-fields.severity', 'Severity');
  },
  get service() {
    return t('datasource.query-fields.service', 'Service');
  },
  get state() {
    return t('datasource.query-fields.state', 'State');
  },
  get source() {
    return t('datasource.query-fields.sender', 'Sender');
  },
};
// This file loads once the language has: see `lazyEditor`.
const GROUPINGS: readonly ComboboxOption[] = ALERT_GROUPINGS.map((value) => ({ value, label: GROUPING_WORDS[value] }));
/** Those that have a past: ages stand as they are and are not kept. */
const SIGNAL_OPTIONS: readonly ComboboxOption[] = SIGNALS.filter(({ name }) => !isAgeSignal(name)).map(
  ({ name, title, description }) => ({ value: name, label: title, description })
);

const NONE: readonly string[] = [];

export interface QueryFieldsProps {
  readonly query: PharosQuery;
  readonly queryType: FrameQueryType;
  readonly datasource: PharosApi;
  readonly onChange: (query: PharosQuery) => void;
}

/** The fields that matter to the type of the query, in a row; below each other where there is no room. */
export function QueryFields(props: QueryFieldsProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.fields}>
      {QUERY_FIELDS[props.queryType].map((field) => (
        <OneField key={field} field={field} {...props} />
      ))}
    </div>
  );
}

function OneField({ field, query, queryType, datasource, onChange }: QueryFieldsProps & { field: QueryField }) {
  const id = `pharos-${query.refId}-${field}`;
  const variables = datasource.variableNames();
  switch (field) {
    case 'limit':
    case 'depth':
      return (
        <NumberField
          key={queryType}
          {...{ id, field, queryType }}
          value={query[field]}
          onChange={(value) => onChange(withField(query, field, value))}
        />
      );
    case 'errorsOnly':
      return (
        <Checkbox
          id={id}
          label={t('datasource.query-fields.errors-only', 'Errors only')}
          description={t('datasource.query-fields.errors-only-description', 'Only calls that fail, and what hurts.')}
          value={query.errorsOnly === true}
          onChange={({ currentTarget }) =>
            onChange(withField(query, 'errorsOnly', currentTarget.checked ? true : undefined))
          }
        />
      );
    case 'groupBy':
      return (
        <ChoiceField
          {...{
            id,
            variables,
            label: t('datasource.query-fields.count-apart-by', 'Group by'),
            placeholder: GROUPING_WORDS.none,
            options: GROUPINGS,
          }}
          value={query.groupBy ?? 'none'}
          onChange={(groupBy) => onChange({ ...query, groupBy })}
        />
      );
    case 'signal':
      return (
        <ChoiceField
          {...{
            id,
            variables,
            label: t('datasource.query-fields.signal', 'Signal'),
            placeholder: t('datasource.query-fields.choose-what-is-measured', 'Choose a signal'),
            options: SIGNAL_OPTIONS,
          }}
          value={query.signal}
          onChange={(signal) => onChange({ ...query, signal })}
        />
      );
    case 'traceql':
    case 'traceId':
    case 'offset':
      return (
        <TextField
          {...{ id, field, queryType }}
          value={query[field]}
          onChange={(value) => onChange(withField(query, field, value))}
        />
      );
    default:
      return (
        <ListField
          {...{ id, field, queryType, datasource }}
          value={query[field] ?? NONE}
          onChange={(value) => onChange(withField(query, field, value.length === 0 ? undefined : value))}
        />
      );
  }
}

/** What says nothing is left out of what the dashboard keeps. */
function withField<F extends QueryField>(query: PharosQuery, field: F, value: PharosQuery[F]): PharosQuery {
  const { [field]: _before, ...rest } = query;
  return { ...rest, refId: query.refId, ...(value === undefined ? {} : { [field]: value }) };
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  }),
});
