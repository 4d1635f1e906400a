import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';

export interface ExternalLinkProps {
  /** An http or https address, or a path on this site. */
  readonly href: string;
  readonly children: ReactNode;
}

/** A link out of Pharos, in a new tab. Unlike `TextLink` it leaves the address as it is: that one drops what is escaped in queries. */
export function ExternalLink({ href, children }: ExternalLinkProps) {
  const styles = useStyles2(getStyles);
  return (
    <a href={href} target="_blank" rel="noreferrer" className={styles.link}>
      {children}{' '}
      <Icon name="external-link-alt" size="sm" title={t('ui.external-link.opens-in-a-new-tab', 'opens in a new tab')} />
    </a>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, overflowWrap: 'anywhere', '&:hover': { textDecoration: 'underline' } }),
});
