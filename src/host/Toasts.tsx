import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Portal, Stack, useStyles2 } from '@grafana/ui';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import { NotifyContext, type Notice } from './useNotify.ts';

interface Toast extends Notice {
  readonly key: number;
}

/** What failed must be read; what can be undone must be reachable. */
const LIFE_MS = { success: 5000, info: 5000, warning: 8000, error: 15_000, undo: 12_000 };

/** Shows notices in the corner, newest last, and speaks them to screen readers. */
export function Toasts({ children }: { children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const notify = useCallback((notice: Notice) => {
    setToasts((all) => [...all.slice(-3), { ...notice, key: (all[all.length - 1]?.key ?? 0) + 1 }]);
  }, []);
  const remove = useCallback((key: number) => setToasts((all) => all.filter((toast) => toast.key !== key)), []);

  return (
    <NotifyContext.Provider value={notify}>
      {children}
      <Portal>
        <div className={styles.corner} role="status" aria-live="polite">
          {toasts.map((toast) => (
            <OneToast key={toast.key} toast={toast} remove={remove} />
          ))}
        </div>
      </Portal>
    </NotifyContext.Provider>
  );
}

function OneToast({ toast, remove }: { toast: Toast; remove: (key: number) => void }) {
  const { key, message, variant = 'success', undo } = toast;
  useEffect(() => {
    const timer = setTimeout(() => remove(key), undo ? LIFE_MS.undo : LIFE_MS[variant]);
    return () => clearTimeout(timer);
  }, [key, undo, variant, remove]);
  return (
    <Alert severity={variant} title={message} elevated onRemove={() => remove(key)}>
      {undo && (
        <Stack>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              remove(key);
              undo();
            }}
          >
            {t('host.toasts.undo', 'Undo')}
          </Button>
        </Stack>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  corner: css({
    position: 'fixed',
    zIndex: theme.zIndex.portal,
    top: theme.spacing(8),
    right: theme.spacing(2),
    width: `min(400px, calc(100vw - ${theme.spacing(4)}))`,
    pointerEvents: 'none',
    '& > *': { pointerEvents: 'auto' },
  }),
});
