import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Combobox, Field, LinkButton, Text, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import type { AppSettingsPort, DataSourceChoice } from '../../host/appSettings.ts';
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
  const { state, save } = useSave(port);
  const chosen = dataSources.find((one) => one.uid === uid);
  return (
    <div className={styles.page}>
      {!port.settings.enabled && <Disabled onEnable={() => save({ enabled: true, datasourceUid: uid })} />}
      <SaveNotice state={state} reload={port.reload} />
      <Section title="Connection to the engine">
        <Text color="secondary">
          The pages and panels of Pharos reach the engine through one data source of Grafana, which says who is asking.
        </Text>
        <DataSourceField dataSources={dataSources} uid={uid} onChange={setUid} />
        <EngineAddress chosen={chosen} port={port} />
        <div className={styles.actions}>
          <Button
            disabled={state.kind === 'saving' || uid === port.settings.datasourceUid}
            onClick={() => save({ ...port.settings, datasourceUid: uid })}
          >
            {state.kind === 'saving' ? 'Saving' : 'Save'}
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
    <Alert severity="warning" title="Pharos is not enabled">
      Its pages, data source and panels are there once it is.{' '}
      <Button size="sm" onClick={onEnable}>
        Enable
      </Button>
    </Alert>
  );
}

function SaveNotice({ state, reload }: { state: ReturnType<typeof useSave>['state']; reload: () => void }) {
  if (state.kind === 'failed') {
    return (
      <Alert severity="error" title="Nothing was saved">
        {state.message}
      </Alert>
    );
  }
  return state.kind === 'saved' ? (
    <Alert severity="success" title="Saved">
      It counts once the page is loaded again.{' '}
      <Button size="sm" variant="secondary" onClick={reload}>
        Reload
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
      label="Data source"
      invalid={isMissing}
      error={`Grafana has no Pharos data source with the uid "${uid}".${dataSources.length > 0 ? ' Choose another one.' : ''}`}
    >
      <Combobox
        id={id}
        options={isMissing ? [...options, { value: uid, label: `${uid} (missing)` }] : options}
        value={uid}
        onChange={({ value }) => onChange(value)}
      />
    </Field>
  );
}

function EngineAddress({ chosen, port }: { chosen: DataSourceChoice | undefined; port: AppSettingsPort }) {
  if (chosen === undefined) {
    return (
      <div>
        <LinkButton variant="secondary" icon="plus" href={port.href('/connections/datasources/new')}>
          Add a Pharos data source
        </LinkButton>
      </div>
    );
  }
  const edit = port.href(`/connections/datasources/edit/${encodeURIComponent(chosen.uid)}`);
  return (
    <Text>
      {chosen.engineUrl === '' ? (
        'The data source does not say yet where the engine is.'
      ) : (
        <>
          Engine: <code>{chosen.engineUrl}</code>
        </>
      )}{' '}
      <LinkButton size="sm" variant="secondary" fill="text" href={edit}>
        Edit the data source
      </LinkButton>
    </Text>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), maxWidth: 720 }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'flex-start' }),
});
