import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import { useMemo } from 'react';
import type { OutputOf } from '../../api/operation.ts';
import { listSignals } from '../../api/thresholds.ts';
import { SIGNALS } from '../../core/signals/catalogue.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { ANY_SERVICE } from '../../core/thresholds/threshold.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { OWN_EXPRESSION, type ThresholdForm } from './thresholdForm.ts';
import { inputId } from './useThresholdEditor.ts';

type SignalView = OutputOf<typeof listSignals>['items'][number];

export interface SignalPickerProps {
  readonly form: ThresholdForm;
  readonly error: string | undefined;
  readonly onChange: (signal: ThresholdForm['signal']) => void;
}

const EXPRESSION: ComboboxOption<ThresholdForm['signal']> = {
  value: OWN_EXPRESSION,
  get label() {
    return t('thresholds.signal-picker.an-expression-of-your-own', 'An expression of your own');
  },
  get description() {
    return t('thresholds.signal-picker.promql-for-what-the-catalogue', 'PromQL, for what is not in the catalog');
  },
};

function optionOf({ name, title, unit, description, current }: SignalView, withValues: boolean) {
  const now =
    current === null
      ? t('thresholds.signal-picker.no-data-now', 'no data now')
      : t('thresholds.signal-picker.now', 'now {{value}}', { value: formatValue(current, unit) });
  return { value: name, label: title, description: withValues ? `${now} · ${description}` : description };
}

/** What the service has comes first. */
const byPresence = (a: SignalView, b: SignalView): number => Number(a.current === null) - Number(b.current === null);

const CATALOGUE: readonly SignalView[] = SIGNALS.map((signal) => ({ ...signal, current: null }));

/** The signal catalogue with what each signal of the service stands at now. */
export function SignalPicker({ form, error, onChange }: SignalPickerProps) {
  const isOne = form.service !== '' && form.service !== ANY_SERVICE;
  const { data } = useOperation(listSignals, isOne ? { service: form.service } : {}, { keepPrevious: true });
  const options = useMemo(() => {
    const signals = data?.items ?? CATALOGUE;
    const withValues = isOne && data !== undefined;
    return [...signals.toSorted(byPresence).map((signal) => optionOf(signal, withValues)), EXPRESSION];
  }, [data, isOne]);
  const chosen = options.find(({ value }) => value === form.signal);
  return (
    <Field
      noMargin
      label={t('thresholds.signal-picker.signal', 'Signal')}
      description={chosen?.description}
      invalid={error !== undefined}
      error={error}
    >
      <Combobox
        id={inputId('signal')}
        placeholder={t('thresholds.signal-picker.choose-what-to-watch', 'Choose what to watch')}
        options={options}
        value={form.signal === '' ? null : form.signal}
        onChange={({ value }) => onChange(value)}
      />
    </Field>
  );
}
