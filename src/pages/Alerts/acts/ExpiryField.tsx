import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { t } from '../../../i18n/t.ts';
import { PHONE } from '../../../ui/breakpoints.ts';
import { useDisplay } from '../../../ui/display.ts';
import { formatAbsolute, formatField, formatRelative, zoneName } from '../../../ui/formatTime.ts';
import { useNow } from '../../../ui/useNow.ts';
import { CUSTOM, EXPIRY_PRESETS, type ExpiryChoice } from './silenceForm.ts';

export interface ExpiryFieldProps {
  readonly value: ExpiryChoice;
  readonly onChange: (value: ExpiryChoice) => void;
  /** Epoch ms; undefined while it cannot be read. */
  readonly endsAt: number | undefined;
  readonly error: string | undefined;
}

const OPTIONS = [
  ...EXPIRY_PRESETS.map(({ label }, value) => ({ label, value })),
  {
    get label() {
      return t('alerts.expiry-field.until', 'Until');
    },
    value: CUSTOM,
  },
];

/** When a silence ends: after a while from now, or at a date and time in the viewer's zone. */
export function ExpiryField({ value, onChange, endsAt, error }: ExpiryFieldProps) {
  const { timeZone } = useDisplay();
  const now = useNow((at) => Math.floor(at / 1000) * 1000);
  const words =
    endsAt === undefined
      ? t('alerts.expiry-field.until-open', 'Until …')
      : t('alerts.expiry-field.until-time', 'Until {{time}}, {{relative}}', {
          time: formatAbsolute(endsAt, timeZone),
          relative: formatRelative(endsAt, now),
        });
  return (
    <Field label={t('alerts.expiry-field.for', 'For')} description={words} invalid={error !== undefined} error={error}>
      <Choices value={value} onChange={onChange} endsAt={endsAt} />
    </Field>
  );
}

function Choices({ value, onChange, endsAt }: Omit<ExpiryFieldProps, 'error'>) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const id = useId();
  return (
    <div className={styles.choices}>
      <RadioButtonGroup
        id={`${id}-for`}
        aria-label={t('alerts.expiry-field.for', 'For')}
        options={OPTIONS}
        value={value.preset}
        onChange={(preset) =>
          // Whoever asks for a time of their own starts from the one that they saw.
          onChange({ preset, field: preset === CUSTOM && endsAt ? formatField(endsAt, timeZone) : value.field })
        }
      />
      {value.preset === CUSTOM && (
        <Input
          className={styles.field}
          type="datetime-local"
          aria-label={t('alerts.expiry-field.until-zone', 'Until, {{zone}}', { zone: zoneName(timeZone) })}
          suffix={zoneName(timeZone)}
          value={value.field}
          onChange={(event) => onChange({ ...value, field: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  choices: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
    // Six durations beside each other, each whole.
    [PHONE]: { '& label': { padding: theme.spacing(0, 0.5) } },
  }),
  field: css({ width: 'auto', flex: '0 1 300px', '& input': { colorScheme: theme.colors.mode } }),
});
