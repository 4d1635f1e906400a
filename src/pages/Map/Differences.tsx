import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { MapEdgeView } from '../../api/serviceMap.ts';
import type { ChangeKind } from '../../core/serviceMap/diffServiceMaps.ts';
import { t } from '../../i18n/t.ts';
import { Section } from '../../ui/Section.tsx';
import { CHANGE_LOOK } from '../../ui/serviceMap/mapLook.ts';
import { StateTag } from '../../ui/StateTag.tsx';

export interface DifferencesProps {
  readonly changes: MapEdgeView['changes'];
  readonly describe: (kind: ChangeKind) => string;
}

/** What is different from the baseline, and how sure that is; nothing where nothing is. */
export function Differences({ changes, describe }: DifferencesProps) {
  const styles = useStyles2(getStyles);
  return changes.length === 0 ? null : (
    <Section title={t('map.edge-panel.different', 'Different from the baseline')}>
      {changes.map(({ kind, p }) => (
        <p key={kind} className={styles.line}>
          <StateTag look={CHANGE_LOOK[kind]} /> {describe(kind)}. {describeChance(p)}
        </p>
      ))}
    </Section>
  );
}

const describeChance = (p: number): string =>
  p < 0.001
    ? t('map.edge-panel.chance-less', 'Probability of chance: less than 1 in 1,000.')
    : t('map.edge-panel.chance-about', 'Probability of chance: about {{number}} in 1,000.', {
        number: Math.max(1, Math.round(p * 1000)),
      });

const getStyles = () => ({ line: css({ margin: 0 }) });
