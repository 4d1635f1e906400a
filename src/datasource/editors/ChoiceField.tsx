import { Combobox, Field, type ComboboxOption } from '@grafana/ui';

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
  const all = [
    ...options,
    ...variables.map((name) => ({ label: name, value: name, description: 'A variable of this dashboard' })),
  ];
  const chosen =
    value === undefined || value === ''
      ? null
      : (all.find((option) => option.value === value) ?? { label: value, value });
  return (
    <Field noMargin label={label}>
      <Combobox
        id={id}
        placeholder={placeholder}
        options={all}
        value={chosen}
        onChange={(option) => onChange(option.value)}
      />
    </Field>
  );
}
