import { Field, MultiCombobox, type ComboboxOption } from '@grafana/ui';
import { useMemo } from 'react';
import type { FrameQueryType } from '../../api/frames.ts';
import { t } from '../../i18n/t.ts';
import type { ListField as FieldName, PharosApi } from '../query.ts';
import { listInput } from './listInputs.ts';
import { useNames } from './useNames.ts';

export interface ListFieldProps {
  readonly id: string;
  readonly field: FieldName;
  readonly queryType: FrameQueryType;
  readonly value: readonly string[];
  readonly datasource: Pick<PharosApi, 'findNames' | 'variableNames'>;
  readonly onChange: (value: string[]) => void;
}

/**
 * Several of what is known, of the dashboard's variables, or of what is typed. It says nothing of loading: Grafana 12.4 keeps the icon of it
 * once it is over.
 */
export function ListField({ id, field, queryType, value, datasource, onChange }: ListFieldProps) {
  const input = useMemo(() => listInput(field, queryType), [field, queryType]);
  const { names, error } = useNames(datasource, input.names);
  const variables = datasource.variableNames().join();
  const options = useMemo((): ComboboxOption[] => {
    const named = names.map(({ text, value: name }) => ({ label: text, value: name }));
    const variable = (name: string) => ({
      label: name,
      value: name,
      description: t('datasource.list-field.a-variable-of-this-dashboard', 'A variable of this dashboard'),
    });
    return [
      ...input.options,
      ...named,
      ...variables
        .split(',')
        .filter((name) => name !== '')
        .map(variable),
    ];
  }, [input, names, variables]);
  const chosen = useMemo(
    () => value.map((one) => options.find((option) => option.value === one) ?? { label: one, value: one }),
    [value, options]
  );
  return (
    <Field
      noMargin
      label={input.label}
      description={
        error === undefined
          ? undefined
          : t(
              'datasource.list-field.the-list-could-not-be',
              'The list could not be loaded; type a name instead: {{error}}',
              {
                error,
              }
            )
      }
    >
      <MultiCombobox
        id={id}
        placeholder={input.placeholder}
        options={options}
        value={chosen}
        isClearable
        createCustomValue
        onChange={(options) => onChange(options.map((option) => option.value.trim()).filter((text) => text !== ''))}
      />
    </Field>
  );
}
