import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useMemo } from 'react';
import type { ServiceView } from '../../api/system.ts';
import { ANY_SERVICE } from '../../core/thresholds/threshold.ts';
import { t } from '../../i18n/t.ts';

export interface ServicePickerProps {
  readonly id: string;
  readonly value: string;
  readonly services: readonly ServiceView[];
  readonly onChange: (service: string) => void;
}

const EVERY: ComboboxOption = {
  value: ANY_SERVICE,
  get label() {
    return t('thresholds.service-picker.every-service', 'Every service (*)');
  },
  get description() {
    return t(
      'thresholds.service-picker.the-default-where-a-service',
      'The default where a service has no threshold of its own'
    );
  },
};

/** The services that were found, every service, or one that has yet to appear. */
export function ServicePicker({ id, value, services, onChange }: ServicePickerProps) {
  const options = useMemo(
    () => [
      EVERY,
      ...services
        .map(({ name, hasThreshold }) => ({
          value: name,
          label: name,
          ...(hasThreshold
            ? {}
            : { description: t('thresholds.service-picker.has-no-threshold-yet', 'has no threshold yet') }),
        }))
        .toSorted((a, b) => a.value.localeCompare(b.value)),
    ],
    [services]
  );
  const shown = value === '' ? null : (options.find((option) => option.value === value) ?? { value, label: value });
  return (
    <Combobox
      id={id}
      placeholder={t('thresholds.service-picker.choose-a-service', 'Choose a service')}
      options={options}
      value={shown}
      onChange={(option) => onChange(option.value.trim())}
      createCustomValue
      customValueDescription={t(
        'thresholds.service-picker.a-service-that-has-not',
        'A service that has not been found yet'
      )}
    />
  );
}
