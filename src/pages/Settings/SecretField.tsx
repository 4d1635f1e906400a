import { Button, Input, Stack } from '@grafana/ui';
import { t } from '../../i18n/t.ts';

export interface SecretFieldProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** The engine has one, which stays. */
  readonly isSet: boolean;
  /** As much as may be shown of what stays, such as `https://example.org/…`. */
  readonly shown?: string | undefined;
  /** It is seen while it is typed: nobody types an address blindly. */
  readonly isOpen?: boolean;
  readonly onType: (text: string) => void;
  readonly onReplace: () => void;
}

/** An input that never shows what is stored: only that something is, and a way to replace it. */
export function SecretField({
  id,
  label,
  placeholder,
  value,
  isSet,
  shown,
  isOpen = false,
  onType,
  onReplace,
}: SecretFieldProps) {
  if (isSet) {
    return (
      <Stack gap={1}>
        <Input
          id={id}
          value={
            shown === undefined
              ? t('settings.secret-field.set-value', 'set')
              : t('settings.secret-field.kept-value', '{{shown}} (kept)', { shown })
          }
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
      type={isOpen ? 'text' : 'password'}
      placeholder={placeholder}
      value={value}
      autoComplete={isOpen ? 'off' : 'new-password'}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
