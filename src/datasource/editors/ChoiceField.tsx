import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import { useMemo } from 'react';
import { t } from '../../i18n/t.ts';

export interface ChoiceFieldProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly options: readonly ComboboxOption[];
  readonly value: string | undefined;
  /** Offered besides, such as `$signal`. */
  readonly variables: readonly string[];
  readonly onChange: (value: string) => void;
}

/** One of what is known, or a variable. */
export function ChoiceField({ id, label, placeholder, options, value, variables, onChange }: ChoiceFieldProps) {
  const known = variables.join();
  // Kept while nothing changes: a combobox takes each new list, and each new option object, for another choice.
  const all = useMemo(() => {
    const named = known.split(',').filter((name) => name !== '');
    const variable = (name: string) => ({
      label: name,
      value: name,
      description: t('datasource.choice-field.a-variable-of-this-dashboard', 'A variable of this dashboard'),
    });
    const offered: ComboboxOption[] = [...options, ...named.map(variable)];
    const isMissing = value !== undefined && value !== '' && !offered.some((option) => option.value === value);
    return isMissing ? [...offered, { label: value, value }] : offered;
  }, [options, known, value]);
  return (
    <Field noMargin label={label}>
      <Combobox
        id={id}
        placeholder={placeholder}
        options={all}
        value={value === undefined || value === '' ? null : value}
        onChange={(option) => onChange(option.value)}
      />
    </Field>
  );
}
