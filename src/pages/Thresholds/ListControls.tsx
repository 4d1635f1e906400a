import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FilterInput, useStyles2 } from '@grafana/ui';
import { useRef } from 'react';
import type { QueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { useHotkeys } from '../../ui/useHotkeys.ts';

export interface ListControlsProps {
  readonly text: string;
  /** Shown by a link of another page: only this service and the defaults that hold for it. */
  readonly service: string | undefined;
  readonly shown: number;
  readonly total: number;
  readonly params: QueryParams;
}

export function ListControls({ text, service, shown, total, params }: ListControlsProps) {
  const styles = useStyles2(getStyles);
  const input = useRef<HTMLInputElement>(null);
  useHotkeys({ '/': () => input.current?.focus() });
  return (
    <div className={styles.bar}>
      <div className={styles.search}>
        <FilterInput
          ref={input}
          value={text}
          placeholder={t(
            'thresholds.list-controls.search-service-signal-owner-or',
            'Search service, signal, owner or label'
          )}
          aria-label={t('thresholds.list-controls.search-thresholds', 'Search thresholds')}
          escapeRegex={false}
          onChange={(value) => params.set({ q: value === '' ? null : value })}
        />
      </div>
      {service !== undefined && (
        <Button
          variant="secondary"
          size="md"
          icon="times"
          aria-label={t(
            'thresholds.list-controls.show-all-services-not-only',
            'Show all services, not only {{service}}',
            { service }
          )}
          onClick={() => params.set({ service: null }, { push: true })}
        >
          {service}
        </Button>
      )}
      {shown < total && (
        <span className={styles.count} role="status">
          {t('thresholds.list-controls.of', '{{shown}} of {{total}}', { shown, total })}
        </span>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  search: css({ flex: '1 1 240px', maxWidth: 420 }),
  count: css({ color: theme.colors.text.secondary }),
});
