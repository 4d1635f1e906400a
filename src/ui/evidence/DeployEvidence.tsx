import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Deploy, DeployEvidence as Deploys } from '../../core/evidence/evidence.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { joinAnd } from '../../i18n/joinAnd.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { RelativeTime } from '../RelativeTime.tsx';
import { EvidenceBlock } from './EvidenceBlock.tsx';
import { describeNoDeploy } from './evidenceWords.ts';
import { useWords } from './useWords.ts';

export interface DeployEvidenceProps {
  readonly service: string;
  readonly deploys: Deploys;
  /** The moment that they are seen from; epoch ms. */
  readonly at: number;
  /** The way to the traces before and after one of them. */
  readonly compare: (deploy: Deploy) => ReactNode;
}

/** New versions around a moment. */
export function DeployEvidence({ service, deploys, at, compare }: DeployEvidenceProps) {
  const styles = useStyles2(getStyles);
  const words = useWords(service);
  const { items, problem } = deploys;
  return (
    <EvidenceBlock
      title={t('ui.deploy-evidence.deploys', 'Deploys')}
      problem={problem}
      sentence={items.length === 0 ? describeNoDeploy(deploys, words) : null}
      explore={undefined}
    >
      {items.length > 0 && (
        <ul className={styles.list} aria-label={t('ui.deploy-evidence.deploys', 'Deploys')}>
          {items.map((deploy) => (
            <li key={`${deploy.at} ${deploy.version}`}>
              <Icon name="rocket" size="sm" aria-hidden />{' '}
              <Trans
                i18nKey="ui.deploy-evidence.deploy"
                defaults="<b>{{version}}</b> after {{previous}}, {{distance}}, <time/>"
                values={{
                  version: deploy.version,
                  previous: joinAnd(deploy.previous),
                  distance: distance(deploy.at, at),
                }}
                components={{ b: <b />, time: <RelativeTime at={deploy.at} /> }}
              />{' '}
              {compare(deploy)}
            </li>
          ))}
        </ul>
      )}
    </EvidenceBlock>
  );
}

function distance(deployed: number, at: number): string {
  const apart = Math.abs(at - deployed);
  if (apart < 1000) {
    return t('ui.deploy-evidence.at-the-start', 'at the start');
  }
  const span = formatSpan(apart);
  return deployed < at
    ? t('ui.deploy-evidence.before-the-start', '{{span}} before the start', { span })
    : t('ui.deploy-evidence.after-the-start', '{{span}} after the start', { span });
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    display: 'grid',
    gap: theme.spacing(0.5),
    overflowWrap: 'anywhere',
    '& a': { color: theme.colors.text.link, textDecoration: 'underline', textUnderlineOffset: 3 },
  }),
});
