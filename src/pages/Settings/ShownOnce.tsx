import { Alert, ClipboardButton, Input, Stack } from '@grafana/ui';
import { t } from '../../i18n/t.ts';

export interface ShownOnceProps {
  readonly title: string;
  /** Why it must be copied now. */
  readonly children: string;
  readonly label: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A secret that the engine tells this one time. */
export function ShownOnce({ title, children, label, secret, onClose }: ShownOnceProps) {
  return (
    <Alert severity="warning" title={title} onRemove={onClose}>
      <Stack direction="column" gap={1}>
        <span>{children}</span>
        <Stack gap={1} wrap="wrap">
          <div style={{ flex: '1 1 240px' }}>
            <Input
              aria-label={label}
              value={secret}
              readOnly
              onFocus={(event) => event.currentTarget.select()}
              spellCheck={false}
            />
          </div>
          <ClipboardButton icon="copy" variant="secondary" getText={() => secret}>
            {t('settings.shown-once.copy', 'Copy')}
          </ClipboardButton>
        </Stack>
      </Stack>
    </Alert>
  );
}
