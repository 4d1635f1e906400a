import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, FieldValidationMessage, IconButton, Input, useStyles2 } from '@grafana/ui';
import { MATCH_OPERATORS, type Matcher, type MatchOperator } from '../../../core/matchers.ts';
import { t } from '../../../i18n/t.ts';

export interface MatcherFieldsProps {
  readonly matchers: readonly Matcher[];
  readonly onChange: (matchers: readonly Matcher[]) => void;
  /** By path such as `matchers[1].name`. */
  readonly problems: ReadonlyMap<string, string>;
}

const OPERATORS = MATCH_OPERATORS.map((op) => ({ label: op, value: op }));
const EMPTY: Matcher = { name: '', op: '=', value: '' };

/** Rows of label, operator and value, as Alertmanager has them. */
export function MatcherFields({ matchers, onChange, problems }: MatcherFieldsProps) {
  const styles = useStyles2(getStyles);
  const change = (index: number, part: Partial<Matcher>) =>
    onChange(matchers.map((matcher, i) => (i === index ? { ...matcher, ...part } : matcher)));
  return (
    <div className={styles.rows} role="group" aria-label={t('alerts.matcher-fields.matchers', 'Matchers')}>
      {matchers.map(({ name, op, value }, index) => {
        const problem = problems.get(`matchers[${index}].name`) ?? problems.get(`matchers[${index}].value`);
        return (
          <div key={index}>
            <div className={styles.row}>
              <Input
                aria-label={t('alerts.matcher-fields.label-of-matcher', 'Label of matcher {{number}}', {
                  number: index + 1,
                })}
                placeholder={t('alerts.matcher-fields.label', 'label')}
                value={name}
                invalid={problems.has(`matchers[${index}].name`)}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <Combobox<MatchOperator>
                aria-label={t('alerts.matcher-fields.operator-of-matcher', 'Operator of matcher {{number}}', {
                  number: index + 1,
                })}
                width={9}
                options={OPERATORS}
                value={op}
                onChange={({ value: next }) => change(index, { op: next })}
              />
              <Input
                aria-label={t('alerts.matcher-fields.value-of-matcher', 'Value of matcher {{number}}', {
                  number: index + 1,
                })}
                placeholder={
                  op === '=~' || op === '!~'
                    ? t('alerts.matcher-fields.regular-expression', 'regular expression')
                    : t('alerts.matcher-fields.value', 'value')
                }
                value={value}
                invalid={problems.has(`matchers[${index}].value`)}
                onChange={(event) => change(index, { value: event.currentTarget.value })}
              />
              <IconButton
                name="trash-alt"
                tooltip={t('alerts.matcher-fields.remove-matcher', 'Remove matcher {{number}}', { number: index + 1 })}
                onClick={() => onChange(matchers.filter((_, i) => i !== index))}
              />
            </div>
            {problem !== undefined && <FieldValidationMessage>{problem}</FieldValidationMessage>}
          </div>
        );
      })}
      <div>
        <Button type="button" size="sm" variant="secondary" icon="plus" onClick={() => onChange([...matchers, EMPTY])}>
          {t('alerts.matcher-fields.add-matcher', 'Add matcher')}
        </Button>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'grid', gap: theme.spacing(1) }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto minmax(0, 1.4fr) auto',
    gap: theme.spacing(1),
    alignItems: 'center',
  }),
});
