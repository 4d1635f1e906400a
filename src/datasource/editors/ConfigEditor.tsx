import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Alert, Button, Field, Input, SecretInput, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { engineUrlProblem } from '../engineUrl.ts';
import type { PharosOptions, PharosSecrets } from '../query.ts';

export type ConfigEditorProps = DataSourcePluginOptionsEditorProps<PharosOptions, PharosSecrets>;

/** As the engine does. */
const MIN_SECRET = 32;
const WIDTH = 60;
const EXAMPLE = 'http://127.0.0.1:8686';

/** Where the engine is, and the secret by which it knows the relay. */
export function ConfigEditor({ options, onOptionsChange }: ConfigEditorProps) {
  const isReadOnly = options.readOnly === true;
  return (
    <Stack direction="column" gap={2}>
      <OpenDoor {...{ options, onOptionsChange }} />
      <EngineUrl {...{ options, onOptionsChange }} />
      <RelaySecret {...{ options, onOptionsChange }} />
      {isReadOnly && (
        <Text color="secondary">
          {t(
            'datasource.config-editor.this-data-source-is-provisioned',
            'This data source is provisioned: change its file, not this page.'
          )}
        </Text>
      )}
    </Stack>
  );
}

function EngineUrl({ options, onOptionsChange }: ConfigEditorProps) {
  const { engineUrl = '' } = options.jsonData;
  const [wasLeft, setWasLeft] = useState(false);
  const problem = wasLeft || engineUrl !== '' ? engineUrlProblem(engineUrl) : undefined;
  return (
    <Field
      noMargin
      required
      label={t('datasource.config-editor.address-of-the-engine', 'Address of the engine')}
      description={t(
        'datasource.config-editor.as-the-grafana-server-reaches',
        'As the Grafana server reaches it. Viewers can read it; only the relay calls it.'
      )}
      invalid={wasLeft && problem !== undefined}
      error={problem}
    >
      <Input
        id="pharos-engine-url"
        width={WIDTH}
        type="url"
        placeholder={EXAMPLE}
        value={engineUrl}
        disabled={options.readOnly === true}
        onBlur={() => setWasLeft(true)}
        onChange={(event) =>
          onOptionsChange({
            ...options,
            jsonData: { ...options.jsonData, engineUrl: event.currentTarget.value.trim() },
          })
        }
      />
    </Field>
  );
}

function RelaySecret({ options, onOptionsChange }: ConfigEditorProps) {
  const isConfigured = options.secureJsonFields?.['relaySecret'] === true;
  const secret = options.secureJsonData?.relaySecret ?? '';
  const isShort = !isConfigured && secret !== '' && secret.length < MIN_SECRET;
  const setSecret = (relaySecret: string, isKept: boolean) =>
    onOptionsChange({
      ...options,
      secureJsonFields: { ...options.secureJsonFields, relaySecret: isKept },
      secureJsonData: { ...options.secureJsonData, relaySecret },
    });
  return (
    <Field
      noMargin
      required
      label={t('datasource.config-editor.relay-secret', 'Relay secret')}
      description={t(
        'datasource.config-editor.the-engine-makes-it-at',
        'The engine creates it at its first start in DATA_DIR/secrets/relay_secret, unless PHAROS_RELAY_SECRET sets it. Copy it from there: it proves to the engine who is calling.'
      )}
      invalid={isShort}
      error={t(
        'datasource.config-editor.a-relay-secret-has-at',
        'A relay secret has at least {{least}} characters; this one has {{number}}.',
        { least: MIN_SECRET, number: secret.length }
      )}
    >
      <SecretInput
        id="pharos-relay-secret"
        width={WIDTH}
        autoComplete="new-password"
        isConfigured={isConfigured}
        value={secret}
        disabled={isConfigured || options.readOnly === true}
        onReset={() => setSecret('', false)}
        onChange={(event) => setSecret(event.currentTarget.value.trim(), false)}
      />
    </Field>
  );
}

/** With a URL Grafana's own proxy leads every viewer to the engine, past the relay that says who is calling. */
function OpenDoor({ options, onOptionsChange }: ConfigEditorProps) {
  if (options.url === '') {
    return null;
  }
  return (
    <Alert
      severity="error"
      title={t('datasource.config-editor.this-data-source-has-a', 'This data source has a URL, which it must not have')}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Text>
          {t(
            'datasource.config-editor.with-it-any-viewer-reaches',
            'With it, any viewer reaches {{url}} past the relay, through Grafana’s data source proxy. The address of the engine belongs below.',
            { url: options.url }
          )}
        </Text>
        {options.readOnly !== true && (
          <Button variant="secondary" onClick={() => onOptionsChange({ ...options, url: '' })}>
            {t('datasource.config-editor.remove-the-url', 'Remove the URL')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
