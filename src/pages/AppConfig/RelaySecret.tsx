import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { Section } from '../../ui/Section.tsx';

/** Where the secret is found that the data source needs. */
export function RelaySecret() {
  const styles = useStyles2(getStyles);
  return (
    <Section title={t('app-config.relay-secret.the-relay-secret', 'The relay secret')}>
      <div className={styles.words}>
        <p>
          <Trans
            i18nKey="app-config.relay-secret.what-for"
            defaults="The data source signs every call with a secret that it shares with the engine, so that the engine can trust what Grafana says about who is asking. <code>npm start</code> sets it on both."
            components={{ code: <code /> }}
          />
        </p>
        <p>
          <Trans
            i18nKey="app-config.relay-secret.where"
            defaults="If you run the engine yourself, the secret is in the file <code>secrets/relay_secret</code> of its data directory (<code>PHAROS_DATA_DIR</code>, or <code>.pharos</code> in its clone), created at the first start, unless you set it as <code>PHAROS_RELAY_SECRET</code>. Paste it as the relay secret of the data source."
            components={{ code: <code /> }}
          />
        </p>
        <p>
          {t(
            'app-config.relay-secret.to-change-it-give-the',
            'To change it, set the same new secret of at least 32 characters on the engine and in the data source, then restart the engine.'
          )}
        </p>
      </div>
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  words: css({ color: theme.colors.text.secondary, '& p': { maxWidth: '72ch' }, '& p:last-child': { margin: 0 } }),
});
