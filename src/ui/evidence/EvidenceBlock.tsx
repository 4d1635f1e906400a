import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Text, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { ExternalLink } from '../ExternalLink.tsx';

export interface EvidenceBlockProps {
  readonly title: string;
  /** What was found and where it was looked for, or that nothing was. */
  readonly sentence: string | null;
  /** In place of the sentence: what is missing, and what it would bring. */
  readonly problem: string | null;
  /** Address of the same question in Grafana. */
  readonly explore: string | undefined;
  /** The way to the same question inside Pharos. */
  readonly search?: ReactNode;
  readonly children?: ReactNode;
}

/** One kind of evidence: its heading, what it comes to in a sentence, and the rows. */
export function EvidenceBlock({ title, sentence, problem, explore, search, children }: EvidenceBlockProps) {
  const styles = useStyles2(getStyles);
  return (
    <div role="group" aria-label={title} className={styles.block}>
      <div className={styles.head}>
        <Text element="h3" variant="body" weight="medium">
          {title}
        </Text>
        <span className={styles.ways}>
          {search}
          {explore !== undefined && (
            <ExternalLink href={explore}>{t('ui.evidence-block.open-in-explore', 'Open in Explore')}</ExternalLink>
          )}
        </span>
      </div>
      {problem !== null && (
        <p className={styles.problem}>
          <Icon name="info-circle" aria-hidden /> {problem}
        </p>
      )}
      {problem === null && sentence !== null && <p className={styles.sentence}>{sentence}</p>}
      {children}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5), minWidth: 0 }),
  head: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: theme.spacing(1) }),
  ways: css({
    display: 'inline-flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: theme.spacing(0, 1.5),
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
    '& a': { color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } },
  }),
  sentence: css({ margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  problem: css({ margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});
