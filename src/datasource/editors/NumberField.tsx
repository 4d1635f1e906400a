import { Field } from '@grafana/ui';
import { useState } from 'react';
import { MOST_SPANS, type FrameQueryType } from '../../api/frames.ts';
import { t } from '../../i18n/t.ts';
import type { NumberField as FieldName } from '../query.ts';
import { FinishedInput } from './FinishedInput.tsx';

interface Words {
  readonly label: string;
  readonly max: number;
  readonly usual: number;
}

/** `spans` is the limit of one trace. */
const FIELDS: Readonly<Record<FieldName | 'spans', Words>> = {
  limit: {
    get label() {
      return t('datasource.limit-field.rows-at-most', 'Row limit');
    },
    max: 10_000,
    usual: 1000,
  },
  spans: {
    get label() {
      return t('datasource.limit-field.spans-at-most', 'Span limit');
    },
    max: MOST_SPANS,
    usual: 50_000,
  },
  depth: {
    get label() {
      return t('datasource.number-field.calls-away', 'Calls away from the services');
    },
    max: 20,
    usual: 1,
  },
};

export interface NumberFieldProps {
  readonly id: string;
  readonly field: FieldName;
  readonly queryType: FrameQueryType;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A number: nothing where the field is empty. */
export function NumberField({ id, field, queryType, value, onChange }: NumberFieldProps) {
  const { label, max, usual } = FIELDS[field === 'limit' && queryType === 'trace' ? 'spans' : field];
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const number = Number(text);
  const isWrong = text.trim() !== '' && !(Number.isInteger(number) && number >= 1 && number <= max);
  const finish = () => {
    const chosen = text.trim() === '' ? undefined : number;
    if (!isWrong && chosen !== value) {
      onChange(chosen);
    }
  };
  return (
    <Field
      noMargin
      label={label}
      invalid={isWrong}
      error={t('datasource.limit-field.enter-a-number-from-1', 'Enter a number from 1 to {{max}}.', { max })}
    >
      <FinishedInput
        id={id}
        inputMode="numeric"
        placeholder={String(usual)}
        text={text}
        onText={setText}
        onFinish={finish}
      />
    </Field>
  );
}
