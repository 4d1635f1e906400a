import { Field } from '@grafana/ui';
import { useState } from 'react';
import type { FrameQueryType } from '../../api/frames.ts';
import { parseDuration } from '../../core/units.ts';
import { t } from '../../i18n/t.ts';
import type { TextField as FieldName } from '../query.ts';
import { FinishedInput } from './FinishedInput.tsx';

interface Words {
  readonly label: string;
  readonly description?: string;
  readonly placeholder: string;
  /** What is wrong with a text, or undefined. A variable may stand in any. */
  readonly check: (text: string) => string | undefined;
}

const isId = /^[0-9a-f]{1,32}$/i;

const FIELDS: Readonly<Record<FieldName, Words>> = {
  traceql: {
    label: 'TraceQL',
    get description() {
      return t('datasource.text-field.traceql-description', 'Used instead of the chosen services.');
    },
    placeholder: '{ status = error }',
    check: () => undefined,
  },
  traceId: {
    get label() {
      return t('datasource.text-field.trace-id', 'Trace id');
    },
    placeholder: '4bf92f3577b34da6a3ce929d0e0e4736',
    check: (text) =>
      isId.test(text) ? undefined : t('datasource.text-field.trace-id-error', 'Enter 1 to 32 hexadecimal characters.'),
  },
  offset: {
    get label() {
      return t('datasource.text-field.offset', 'Comparison offset');
    },
    get placeholder() {
      return t('datasource.text-field.offset-placeholder', 'as long as the time range');
    },
    check: (text) =>
      (parseDuration(text) ?? 0) > 0
        ? undefined
        : t('datasource.text-field.offset-error', 'Enter a duration such as 1h, 1d or 1w.'),
  },
};

export interface TextFieldProps {
  readonly id: string;
  readonly field: FieldName;
  readonly queryType: FrameQueryType;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A text, which a variable may stand in. */
export function TextField({ id, field, queryType, value = '', onChange }: TextFieldProps) {
  const { label, description, check, ...words } = FIELDS[field];
  const isMap = field === 'offset' && queryType === 'serviceMap';
  const placeholder = isMap ? t('datasource.text-field.offset-none', 'no comparison') : words.placeholder;
  const [text, setText] = useState(value);
  const trimmed = text.trim();
  const error = trimmed === '' || trimmed.includes('$') || trimmed.includes('[[') ? undefined : check(trimmed);
  const finish = () => {
    if (error === undefined && trimmed !== value) {
      onChange(trimmed === '' ? undefined : trimmed);
    }
  };
  return (
    <Field noMargin {...{ label, description }} invalid={error !== undefined} error={error}>
      <FinishedInput {...{ id, placeholder }} spellCheck={false} text={text} onText={setText} onFinish={finish} />
    </Field>
  );
}
