import { Button, Input, Stack } from '@grafana/ui';
import { t } from '../../i18n/t.ts';

export interface SecretFieldProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** The engine has one, which stays. */
  readonly isSet: boolean;
  readonly onType: (text: string) => void;
  readonly onReplace: () => void;
}

/** An input that never shows what is stored: only that something is, and a way to replace it. */
export function SecretField({ id, label, placeholder, value, isSet, onType, onReplace }: SecretFieldProps) {
  if (isSet) {
    return (
      <Stack gap={1}>
        <Input
          id={id}
          value={t('settings.secret-field.set-value', 'set')}
          disabled
          aria-label={t('settings.secret-field.set', '{{label}}: set', { label })}
          readOnly
        />
        <Button
          variant="secondary"
          aria-label={t('settings.secret-field.replace-one', 'Replace {{label}}', { label })}
          onClick={onReplace}
        >
          {t('settings.secret-field.replace', 'Replace')}
        </Button>
      </Stack>
    );
  }
  return (
    <Input
      id={id}
      type="password"
      placeholder={placeholder}
      value={value}
      autoComplete="new-password"
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
