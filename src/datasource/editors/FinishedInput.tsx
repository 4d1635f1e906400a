import { Input } from '@grafana/ui';
import type { ComponentPropsWithoutRef } from 'react';

export interface FinishedInputProps extends Pick<ComponentPropsWithoutRef<typeof Input>, 'inputMode' | 'spellCheck'> {
  readonly id: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** The field was left, or Enter was pressed. */
  readonly onFinish: () => void;
}

/** What is typed counts once the field is left, so that not every character asks anew. */
export const FinishedInput = ({ text, onText, onFinish, ...input }: FinishedInputProps) => (
  <Input
    {...input}
    value={text}
    onChange={(event) => onText(event.currentTarget.value)}
    onBlur={onFinish}
    onKeyDown={(event) => {
      if (event.key === 'Enter') {
        onFinish();
      }
    }}
  />
);
