import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Combobox, Field, LinkButton, Text, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import { dataSourcePath, type AppSettingsPort, type DataSourceChoice } from '../../host/appSettings.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { Section } from '../../ui/Section.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { RelaySecret } from './RelaySecret.tsx';
import { useSave } from './useSave.ts';

export interface AppConfigProps {
  readonly port: AppSettingsPort;
}

/** How Grafana reaches the engine; within Grafana's page of the plugin. */
export function AppConfig({ port }: AppConfigProps) {
  const styles = useStyles2(getStyles);
  const [uid, setUid] = useState(port.settings.datasourceUid);
  const [dataSources] = useState(port.dataSources);
  const { state, save, addDataSource } = useSave(port);
  const chosen = dataSources.find((one) => one.uid === uid);
  return (
    <div className={styles.page}>
      {!port.settings.enabled && <Disabled onEnable={() => save({ enabled: true, datasourceUid: uid })} />}
      <SaveNotice state={state} reload={port.reload} />
      <Section title={t('app-config.app-config.connection-to-the-engine', 'Connection to the engine')}>
        <Text color="secondary">
          {t(
            'app-config.app-config.the-pages-and-panels-of',
            'The pages and panels of Pharos reach the engine through a Grafana data source, which tells the engine who is asking.'
          )}
        </Text>
        <DataSourceField dataSources={dataSources} uid={uid} onChange={setUid} />
        {chosen === undefined ? (
          <div>
            <Button
              variant="secondary"
              icon="plus"
              // Grafana knows the type of data source once the app is enabled.
              disabled={!port.settings.enabled || state.kind === 'saving'}
              onClick={() => addDataSource(uid)}
            >
              {t('app-config.app-config.add-a-pharos-data-source', 'Add a Pharos data source')}
            </Button>
          </div>
        ) : (
          <EngineAddress chosen={chosen} port={port} />
        )}
        <div className={styles.actions}>
          <Button
            disabled={state.kind === 'saving' || uid === port.settings.datasourceUid}
            onClick={() => save({ ...port.settings, datasourceUid: uid })}
          >
            {state.kind === 'saving'
              ? t('app-config.app-config.saving', 'Saving')
              : t('app-config.app-config.save', 'Save')}
          </Button>
          {/* Another data source has not been tested. */}
          <ConnectionTest key={uid} uid={uid} test={port.test} />
        </div>
      </Section>
      <RelaySecret />
    </div>
  );
}

function Disabled({ onEnable }: { onEnable: () => void }) {
  return (
    <Alert severity="warning" title={t('app-config.app-config.pharos-is-not-enabled', 'Pharos is not enabled')}>
      {t('app-config.app-config.once-enabled', 'Its pages, data source and panels appear once it is enabled.')}{' '}
      <Button size="sm" onClick={onEnable}>
        {t('app-config.app-config.enable', 'Enable')}
      </Button>
    </Alert>
  );
}

function SaveNotice({ state, reload }: { state: ReturnType<typeof useSave>['state']; reload: () => void }) {
  if (state.kind === 'failed') {
    return (
      <Alert severity="error" title={t('app-config.app-config.nothing-was-saved', 'Nothing was saved')}>
        {state.message}
      </Alert>
    );
  }
  return state.kind === 'saved' ? (
    <Alert severity="success" title={t('app-config.app-config.saved', 'Saved')}>
      {t('app-config.app-config.once-reloaded', 'It takes effect once the page is reloaded.')}{' '}
      <Button size="sm" variant="secondary" onClick={reload}>
        {t('app-config.app-config.reload', 'Reload')}
      </Button>
    </Alert>
  ) : null;
}

interface DataSourceFieldProps {
  readonly dataSources: readonly DataSourceChoice[];
  readonly uid: string;
  readonly onChange: (uid: string) => void;
}

function DataSourceField({ dataSources, uid, onChange }: DataSourceFieldProps) {
  const id = useId();
  const isMissing = !dataSources.some((one) => one.uid === uid);
  const options = dataSources.map((one) => ({ value: one.uid, label: one.name, description: one.uid }));
  return (
    <Field
      noMargin
      label={t('app-config.app-config.data-source', 'Data source')}
      invalid={isMissing}
      error={
        dataSources.length > 0
          ? t(
              'app-config.app-config.no-such-choose',
              'Grafana has no Pharos data source with the uid "{{uid}}". Choose another one.',
              { uid }
            )
          : t('app-config.app-config.no-such', 'Grafana has no Pharos data source with the uid "{{uid}}".', { uid })
      }
    >
      <Combobox
        id={id}
        options={
          isMissing
            ? [...options, { value: uid, label: t('app-config.app-config.missing', '{{uid}} (missing)', { uid }) }]
            : options
        }
        value={uid}
        onChange={({ value }) => onChange(value)}
      />
    </Field>
  );
}

function EngineAddress({ chosen, port }: { chosen: DataSourceChoice; port: AppSettingsPort }) {
  const edit = port.href(dataSourcePath(chosen.uid));
  return (
    <Text>
      {chosen.engineUrl === '' ? (
        t(
          'app-config.app-config.the-data-source-does-not',
          'The data source does not have the address of the engine yet.'
        )
      ) : (
        <Trans
          i18nKey="app-config.app-config.engine"
          defaults="Engine: <code>{{url}}</code>"
          values={{ url: chosen.engineUrl }}
          components={{ code: <code /> }}
        />
      )}{' '}
      <LinkButton size="sm" variant="secondary" fill="text" href={edit}>
        {t('app-config.app-config.edit-the-data-source', 'Edit the data source')}
      </LinkButton>
    </Text>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), maxWidth: 720 }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'flex-start' }),
});
