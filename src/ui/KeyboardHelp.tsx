import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Modal, useStyles2 } from '@grafana/ui';
import { t } from '../i18n/t.ts';

export interface KeyboardHelpProps {
  /** Keys and what they do, in the order in which they are told. */
  readonly keys: ReadonlyArray<readonly [key: string, does: string]>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What the keys of a page do. */
export function KeyboardHelp({ keys, isOpen, onClose }: KeyboardHelpProps) {
  const styles = useStyles2(getStyles);
  return (
    <Modal title={t('ui.keyboard-help.keyboard-shortcuts', 'Keyboard shortcuts')} isOpen={isOpen} onDismiss={onClose}>
      <dl className={styles.list}>
        {keys.map(([key, does]) => (
          <div key={key} className={styles.item}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'grid', gap: theme.spacing(1), margin: 0 }),
  item: css({
    display: 'grid',
    gridTemplateColumns: '72px 1fr',
    alignItems: 'center',
    '& dd': { margin: 0 },
    '& kbd': {
      padding: theme.spacing(0.25, 0.75),
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      color: theme.colors.text.primary,
    },
  }),
});
