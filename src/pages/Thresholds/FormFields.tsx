import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Field, Input, RadioButtonGroup, Switch, TextArea, useStyles2 } from '@grafana/ui';
import type { ChangeEvent } from 'react';
import type { ServiceView } from '../../api/system.ts';
import { UNITS, type Unit } from '../../core/signals/catalogue.ts';
import { t } from '../../i18n/t.ts';
import { LabelRows } from './LabelRows.tsx';
import { levelPlaceholder, takenFor } from './parseLevel.ts';
import { ServicePicker } from './ServicePicker.tsx';
import { SignalPicker } from './SignalPicker.tsx';
import { OWN_EXPRESSION, type FormField, type ThresholdForm } from './thresholdForm.ts';
import { inputId, type ThresholdEditor } from './useThresholdEditor.ts';

export interface FormFieldsProps {
  readonly editor: ThresholdEditor;
  readonly services: readonly ServiceView[];
}

const EXAMPLE = { hold: '10 s', link: 'https://' } as const;

const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  get seconds() {
    return t('thresholds.form-fields.seconds', 'Seconds');
  },
  get ratio() {
    return t('thresholds.form-fields.share-0-to-1', 'Share (0 to 1)');
  },
  get per_second() {
    return t('thresholds.form-fields.per-second', 'Per second');
  },
  get bytes() {
    return t('thresholds.form-fields.bytes', 'Bytes');
  },
  get bytes_per_second() {
    return t('thresholds.form-fields.bytes-per-second', 'Bytes per second');
  },
  get count() {
    return t('thresholds.form-fields.count', 'Count');
  },
  get none() {
    return t('thresholds.form-fields.no-unit', 'No unit');
  },
};

const DIRECTIONS = [
  {
    value: 'above' as const,
    get label() {
      return t('thresholds.form-fields.above', 'Above');
    },
  },
  {
    value: 'below' as const,
    get label() {
      return t('thresholds.form-fields.below', 'Below');
    },
  },
];

type TextField = { [K in FormField]: ThresholdForm[K] extends string ? K : never }[FormField];

interface FieldKit {
  readonly set: (change: Partial<ThresholdForm>) => void;
  /** For a Field: whether it is wrong, and the words for it. */
  readonly invalid: (field: FormField) => { readonly invalid: boolean; readonly error: string | undefined };
  /** For an Input or TextArea. */
  readonly text: (field: TextField) => {
    readonly id: string;
    readonly value: string;
    readonly autoComplete: string;
    readonly onBlur: () => void;
    readonly onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  };
}

function fieldKit({ form, dispatch, errors, touch }: ThresholdEditor): FieldKit {
  const set = (change: Partial<ThresholdForm>) => dispatch({ kind: 'field', change });
  return {
    set,
    invalid: (field) => ({ invalid: errors[field] !== undefined, error: errors[field] }),
    text: (field) => ({
      id: inputId(field),
      value: form[field],
      autoComplete: 'off',
      onBlur: () => touch(field),
      onChange: (event) => set({ [field]: event.target.value }),
    }),
  };
}

/** Every input of a threshold, each with its label and what is wrong with it. */
export function FormFields({ editor, services }: FormFieldsProps) {
  const styles = useStyles2(getStyles);
  const { form, dispatch, errors } = editor;
  const kit = fieldKit(editor);
  const { set, invalid, text } = kit;
  const owner = services.find(({ name }) => name === form.service)?.owner ?? '';
  return (
    <div className={styles.fields}>
      <Field noMargin label={t('thresholds.form-fields.service', 'Service')} {...invalid('service')}>
        <ServicePicker
          id={inputId('service')}
          value={form.service}
          services={services}
          onChange={(service) => set({ service })}
        />
      </Field>
      <SignalPicker form={form} error={errors.signal} onChange={(signal) => dispatch({ kind: 'signal', signal })} />
      {form.signal === OWN_EXPRESSION && <ExpressionFields form={form} kit={kit} />}
      <LevelFields form={form} kit={kit} />
      <div className={styles.pair}>
        <Field
          noMargin
          label={t('thresholds.form-fields.for', 'For')}
          description={t('thresholds.form-fields.how-long-without-a-break', 'How long without interruption.')}
          {...invalid('for')}
        >
          <Input {...text('for')} placeholder={EXAMPLE.hold} />
        </Field>
        <Field
          noMargin
          label={t('thresholds.form-fields.owner', 'Owner')}
          description={t('thresholds.form-fields.person-or-team', 'Person or team.')}
          {...invalid('owner')}
        >
          <Input {...text('owner')} placeholder={owner} />
        </Field>
      </div>
      <Field
        noMargin
        label={t('thresholds.form-fields.runbook', 'Runbook')}
        description={t('thresholds.form-fields.what-to-do-about-it', 'What to do about it; shown on every alert.')}
        {...invalid('runbookUrl')}
      >
        <Input {...text('runbookUrl')} type="url" placeholder={EXAMPLE.link} />
      </Field>
      <LabelRows rows={form.labels} error={errors.labels} onChange={(labels) => set({ labels })} />
      <Field
        noMargin
        horizontal
        label={t('thresholds.form-fields.enabled', 'Enabled')}
        description={t(
          'thresholds.form-fields.while-off-it-is-not',
          'While off, it is not evaluated and raises no alerts.'
        )}
      >
        <Switch
          id={inputId('enabled')}
          value={form.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      </Field>
      <Field
        noMargin
        label={t('thresholds.form-fields.reason-for-the-change', 'Reason for the change')}
        description={t('thresholds.form-fields.for-the-history', 'Shown in the history.')}
        {...invalid('reason')}
      >
        <Input {...text('reason')} maxLength={1000} />
      </Field>
    </div>
  );
}

interface PartProps {
  readonly form: ThresholdForm;
  readonly kit: FieldKit;
}

function ExpressionFields({ form, kit: { set, invalid, text } }: PartProps) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <Field
        noMargin
        label={t('thresholds.form-fields.promql-expression', 'PromQL expression')}
        description={t('thresholds.form-fields.every-series-it-gives-is', 'Every series it returns is evaluated.')}
        {...invalid('expr')}
      >
        <TextArea {...text('expr')} rows={3} spellCheck={false} className={styles.code} />
      </Field>
      <Field noMargin label={t('thresholds.form-fields.unit', 'Unit')} {...invalid('unit')}>
        <Combobox
          id={inputId('unit')}
          options={UNITS.map((value) => ({ value, label: UNIT_WORDS[value] }))}
          value={form.unit}
          onChange={({ value }) => set({ unit: value })}
        />
      </Field>
    </>
  );
}

function LevelFields({ form, kit: { set, invalid, text } }: PartProps) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <Field
        noMargin
        label={t('thresholds.form-fields.fires-when-the-value-is', 'Fires when the value is')}
        {...invalid('direction')}
      >
        <RadioButtonGroup
          id={inputId('direction')}
          aria-label={t('thresholds.form-fields.fires-when-the-value-is', 'Fires when the value is')}
          options={DIRECTIONS}
          value={form.direction}
          onChange={(direction) => set({ direction })}
        />
      </Field>
      <div className={styles.pair}>
        <Field noMargin label={t('thresholds.form-fields.warning', 'Warning')} {...invalid('warning')}>
          <Input
            {...text('warning')}
            placeholder={levelPlaceholder(form.unit)}
            suffix={takenFor(form.warning, form.unit)}
          />
        </Field>
        <Field noMargin label={t('thresholds.form-fields.critical', 'Critical')} {...invalid('critical')}>
          <Input
            {...text('critical')}
            placeholder={levelPlaceholder(form.unit)}
            suffix={takenFor(form.critical, form.unit)}
          />
        </Field>
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  pair: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  }),
  code: css({ fontFamily: theme.typography.fontFamilyMonospace }),
});
