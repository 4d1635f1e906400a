import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ServiceView } from '../../api/system.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useCan } from '../../host/useIdentity.ts';
import { t } from '../../i18n/t.ts';
import { Section } from '../../ui/Section.tsx';
import { coverageGaps, type Gap } from './hurting.ts';

const NAMED = 8;

/** Where a gap is closed; a form is for admins only. */
const FIX: Readonly<Record<Gap['what'], (service: string) => string>> = {
  threshold: (service) => `/thresholds?${new URLSearchParams({ new: '1', service }).toString()}`,
  owner: (service) => `/thresholds?${new URLSearchParams({ service }).toString()}`,
  'tested route': () => '/settings?tab=routes',
};

const COVERED: Readonly<Record<Gap['what'], (covered: number, count: number) => string>> = {
  threshold: (covered, count) =>
    t('overview.coverage.threshold', '', {
      covered,
      count,
      defaultValue_one: '{{covered}} of {{count}} service has a threshold',
      defaultValue_other: '{{covered}} of {{count}} services have a threshold',
    }),
  owner: (covered, count) =>
    t('overview.coverage.owner', '', {
      covered,
      count,
      defaultValue_one: '{{covered}} of {{count}} service has an owner',
      defaultValue_other: '{{covered}} of {{count}} services have an owner',
    }),
  'tested route': (covered, count) =>
    t('overview.coverage.tested-route', '', {
      covered,
      count,
      defaultValue_one: '{{covered}} of {{count}} service has a tested route',
      defaultValue_other: '{{covered}} of {{count}} services have a tested route',
    }),
};

/** Says which services would hurt without anybody knowing. */
export function Coverage({ services }: { services: readonly ServiceView[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={t('overview.coverage.coverage', 'Coverage')}>
      <ul className={styles.list}>
        {coverageGaps(services).map((gap) => (
          <li key={gap.what} className={styles.item}>
            <Icon
              name={gap.without.length === 0 ? 'check-circle' : 'info-circle'}
              size="sm"
              aria-hidden
              className={gap.without.length === 0 ? styles.full : styles.partly}
            />
            <span>
              {COVERED[gap.what](gap.covered, services.length)}
              <Without gap={gap} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Without({ gap: { what, without } }: { gap: Gap }) {
  const styles = useStyles2(getStyles);
  const isAdmin = useCan('admin');
  if (without.length === 0) {
    return <>.</>;
  }
  return (
    <>
      {t('overview.coverage.without', '; without:')}{' '}
      {without.slice(0, NAMED).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          {isAdmin || what !== 'threshold' ? (
            <AppLink to={FIX[what](name)} className={styles.link}>
              {name}
            </AppLink>
          ) : (
            name
          )}
        </span>
      ))}
      {without.length > NAMED &&
        t('overview.coverage.more', ' and {{number}} more', { number: without.length - NAMED })}
      .
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5) }),
  item: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' }),
  full: css({ color: theme.colors.success.text, flexShrink: 0, alignSelf: 'center' }),
  partly: css({ color: theme.colors.text.secondary, flexShrink: 0, alignSelf: 'center' }),
  link: css({ color: theme.colors.text.link, textDecoration: 'underline', textUnderlineOffset: 3 }),
});
