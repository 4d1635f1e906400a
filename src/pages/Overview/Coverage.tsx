import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ServiceView } from '../../api/system.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { Section } from '../../ui/Section.tsx';
import { coverageGaps, type Gap } from './hurting.ts';

const NAMED = 8;

/** Where a gap is closed. */
const FIX: Readonly<Record<Gap['what'], (service: string) => string>> = {
  threshold: (service) => `/thresholds?${new URLSearchParams({ new: '1', service }).toString()}`,
  owner: (service) => `/thresholds?${new URLSearchParams({ service }).toString()}`,
  'tested route': () => '/settings?tab=routes',
};

/** Says which services would hurt without anybody knowing. */
export function Coverage({ services }: { services: readonly ServiceView[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title="Coverage">
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
              {gap.covered} of {services.length} {services.length === 1 ? 'service has' : 'services have'} a
              {gap.what === 'owner' ? 'n' : ''} {gap.what}
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
  if (without.length === 0) {
    return <>.</>;
  }
  return (
    <>
      ; without:{' '}
      {without.slice(0, NAMED).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <AppLink to={FIX[what](name)} className={styles.link}>
            {name}
          </AppLink>
        </span>
      ))}
      {without.length > NAMED && ` and ${without.length - NAMED} more`}.
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
