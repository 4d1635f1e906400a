import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { LogEvidence as Logs, LogPattern } from '../../core/evidence/evidence.ts';
import { exploreUrl } from '../../core/evidence/exploreUrl.ts';
import { t } from '../../i18n/t.ts';
import { StateTag } from '../StateTag.tsx';
import { EvidenceBlock } from './EvidenceBlock.tsx';
import { describeLogs } from './evidenceWords.ts';
import { LogRow } from './LogRow.tsx';
import { LOG_LOOK } from './looks.ts';
import type { LinkTrace } from './TraceLink.tsx';
import { useWords } from './useWords.ts';

export interface LogEvidenceProps {
  readonly service: string;
  readonly logs: Logs;
  readonly link: LinkTrace;
  /** Of Grafana; undefined leaves out the links. */
  readonly grafanaUrl: string | undefined;
  /** Where there is little room: few lines, and not what they have in common. */
  readonly compact?: boolean;
}

const SHOWN = { full: 10, compact: 5 } as const;

/** Log lines around a moment, and what recurs in them. */
export function LogEvidence({ service, logs, link, grafanaUrl, compact = false }: LogEvidenceProps) {
  const styles = useStyles2(getStyles);
  const words = useWords(service);
  const [all, setAll] = useState(false);
  const { items, patterns, query, window, problem } = logs;
  const shown = all ? items : items.slice(0, compact ? SHOWN.compact : SHOWN.full);
  const explore =
    grafanaUrl === undefined || query === null ? undefined : exploreUrl(grafanaUrl, { logs: query, window });
  return (
    <EvidenceBlock
      title={t('ui.log-evidence.log-lines', 'Log lines')}
      problem={problem}
      sentence={describeLogs(logs, words)}
      explore={explore}
    >
      {!compact && patterns.length > 0 && <Patterns patterns={patterns} />}
      {shown.length > 0 && (
        <ol className={styles.list} aria-label={t('ui.log-evidence.log-lines', 'Log lines')}>
          {shown.map((line, index) => (
            <LogRow key={`${line.at} ${index}`} line={line} link={link} grafanaUrl={grafanaUrl} window={window} />
          ))}
        </ol>
      )}
      {shown.length < items.length && (
        <div>
          <Button variant="secondary" size="sm" fill="text" icon="angle-down" onClick={() => setAll(true)}>
            {t('ui.log-evidence.show-all-lines', 'Show all {{number}} lines', { number: items.length })}
          </Button>
        </div>
      )}
    </EvidenceBlock>
  );
}

function Patterns({ patterns }: { patterns: readonly LogPattern[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.patterns} aria-label={t('ui.log-evidence.what-recurs-in-the-lines', 'Recurring patterns')}>
      {patterns.map(({ pattern, count, level }) => (
        <li key={pattern} className={styles.pattern}>
          <span className={styles.count}>{count} ×</span>
          <span className={styles.level}>
            <StateTag look={LOG_LOOK[level]} />
          </span>
          <span className={styles.text}>{pattern}</span>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', borderTop: `1px solid ${theme.colors.border.weak}` }),
  patterns: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.25), marginBottom: theme.spacing(0.5) }),
  pattern: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1), alignItems: 'baseline' }),
  count: css({ minWidth: '5ch', textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  level: css({ minWidth: '9ch' }),
  text: css({
    flex: '1 1 200px',
    minWidth: 0,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }),
});
