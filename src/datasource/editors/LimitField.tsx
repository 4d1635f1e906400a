import { Field, Input } from '@grafana/ui';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';

const MAX = 10_000;
const USUAL = 1000;

export interface LimitFieldProps {
  readonly id: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** What is typed counts once the field is left, so that not every digit asks anew. */
export function LimitField({ id, value, onChange }: LimitFieldProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const number = Number(text);
  const isWrong = text.trim() !== '' && !(Number.isInteger(number) && number >= 1 && number <= MAX);
  const finish = () => {
    const chosen = text.trim() === '' ? undefined : number;
    if (!isWrong && chosen !== value) {
      onChange(chosen);
    }
  };
  return (
    <Field
      noMargin
      label={t('datasource.limit-field.rows-at-most', 'Rows at most')}
      invalid={isWrong}
      error={t('datasource.limit-field.enter-a-number-from-1', 'Enter a number from 1 to {{MAX}}.', { MAX })}
    >
      <Input
        id={id}
        inputMode="numeric"
        placeholder={String(USUAL)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            finish();
          }
        }}
      />
    </Field>
  );
}
