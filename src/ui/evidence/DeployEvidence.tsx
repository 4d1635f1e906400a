import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { DeployEvidence as Deploys } from '../../core/evidence/evidence.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { RelativeTime } from '../RelativeTime.tsx';
import { EvidenceBlock } from './EvidenceBlock.tsx';
import { describeNoDeploy } from './evidenceWords.ts';
import { useWords } from './useWords.ts';

export interface DeployEvidenceProps {
  readonly service: string;
  readonly deploys: Deploys;
  /** The moment that they are seen from; epoch ms. */
  readonly at: number;
}

/** New versions around a moment. */
export function DeployEvidence({ service, deploys, at }: DeployEvidenceProps) {
  const styles = useStyles2(getStyles);
  const words = useWords(service);
  const { items, problem } = deploys;
  return (
    <EvidenceBlock
      title="Deploys"
      problem={problem}
      sentence={items.length === 0 ? describeNoDeploy(deploys, words) : null}
      explore={undefined}
    >
      {items.length > 0 && (
        <ul className={styles.list} aria-label="Deploys">
          {items.map(({ at: deployed, version, previous }) => (
            <li key={`${deployed} ${version}`}>
              <Icon name="rocket" size="sm" aria-hidden /> <b>{version}</b> after {previous.join(' and ')},{' '}
              {distance(deployed, at)}, <RelativeTime at={deployed} />
            </li>
          ))}
        </ul>
      )}
    </EvidenceBlock>
  );
}

function distance(deployed: number, at: number): string {
  const apart = Math.abs(at - deployed);
  return apart < 1000 ? 'at the start' : `${formatSpan(apart)} ${deployed < at ? 'before' : 'after'} the start`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5), overflowWrap: 'anywhere' }),
});
