import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FieldValidationMessage, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { t } from '../../../i18n/t.ts';
import { Trans } from '../../../i18n/Trans.ts';
import { MOST_PERCENT, type WhatIfForm } from './whatIfForm.ts';

interface WhatIfFieldsProps {
  readonly form: WhatIfForm;
  readonly onChange: (form: WhatIfForm) => void;
  readonly problem: string | undefined;
}

const KINDS = [
  {
    value: 'share' as const,
    get label() {
      return t('ui.what-if-fields.share', 'Share of its time');
    },
  },
  {
    value: 'fixed' as const,
    get label() {
      return t('ui.what-if-fields.fixed', 'A fixed time');
    },
  },
];

export function WhatIfFields({ form, onChange, problem }: WhatIfFieldsProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { kind, percent, ms } = form;
  return (
    <div className={styles.row}>
      <RadioButtonGroup
        aria-label={t('ui.what-if-fields.how', 'How to give the new time')}
        options={KINDS}
        value={kind}
        onChange={(next) => onChange({ ...form, kind: next })}
      />
      {kind === 'share' ? (
        <label className={styles.slider}>
          <span className={styles.words}>
            {t('ui.what-if-fields.takes-share', 'takes {{percent}} % of its time', { percent })}
          </span>
          <input
            type="range"
            min={0}
            max={MOST_PERCENT}
            step={5}
            value={percent}
            aria-valuetext={`${percent} %`}
            onChange={({ target }) => onChange({ ...form, percent: target.valueAsNumber })}
          />
        </label>
      ) : (
        <div>
          <label htmlFor={id} className={styles.fixed}>
            <Trans
              i18nKey="ui.what-if-fields.takes-fixed"
              defaults="takes <field/> instead"
              components={{
                field: (
                  <Input
                    id={id}
                    width={16}
                    inputMode="decimal"
                    suffix="ms"
                    value={ms}
                    invalid={problem !== undefined}
                    onChange={({ currentTarget }) => onChange({ ...form, ms: currentTarget.value })}
                  />
                ),
              }}
            />
          </label>
          {problem !== undefined && <FieldValidationMessage>{problem}</FieldValidationMessage>}
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'center' }),
  slider: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    flex: '1 1 280px',
    '& input': {
      flex: '1 1 160px',
      maxWidth: 360,
      minHeight: theme.spacing(3),
      accentColor: theme.colors.primary.main,
    },
    '& input:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  words: css({ minWidth: '22ch', fontVariantNumeric: 'tabular-nums' }),
  fixed: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
});
