import { Field, Input } from '@grafana/ui';
import { useState } from 'react';
import { MOST_SPANS, type FrameQueryType } from '../../api/frames.ts';
import { t } from '../../i18n/t.ts';

const ROWS = { max: 10_000, usual: 1000 };
const SPANS = { max: MOST_SPANS, usual: 50_000 };

export interface LimitFieldProps {
  readonly id: string;
  readonly queryType: FrameQueryType;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** What is typed counts once the field is left, so that not every digit asks anew. */
export function LimitField({ id, queryType, value, onChange }: LimitFieldProps) {
  const isOfSpans = queryType === 'trace';
  const { max, usual } = isOfSpans ? SPANS : ROWS;
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
      label={
        isOfSpans
          ? t('datasource.limit-field.spans-at-most', 'Spans at most')
          : t('datasource.limit-field.rows-at-most', 'Rows at most')
      }
      invalid={isWrong}
      error={t('datasource.limit-field.enter-a-number-from-1', 'Enter a number from 1 to {{max}}.', { max })}
    >
      <Input
        id={id}
        inputMode="numeric"
        placeholder={String(usual)}
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
