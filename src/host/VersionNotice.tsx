import { Alert } from '@grafana/ui';
import { getSystemStatus } from '../api/system.ts';
import { t } from '../i18n/t.ts';
import { useHost } from './HostContext.ts';
import { useOperation } from './useOperation.ts';

/** Major and minor: within them pages and engine fit, as `pkg/relay/health.go` has it too. Undefined for what was not built. */
const releaseOf = (version: string): string | undefined => /^\d+\.\d+\./.exec(version)?.[0];

/** Above a page that was not made for the engine which answers it; nothing where they fit, or where that is not known. */
export function VersionNotice() {
  const { version = '' } = useHost();
  const release = releaseOf(version);
  const { data } = useOperation(getSystemStatus, {}, { enabled: release !== undefined, isLasting: true });
  if (release === undefined || data === undefined || releaseOf(data.version) === release) {
    return null;
  }
  return (
    <Alert
      severity="warning"
      title={t(
        'host.version-notice.they-differ',
        'The Pharos plugin is version {{version}}, but the engine is version {{engine}}',
        { version, engine: data.version }
      )}
    >
      {t(
        'host.version-notice.what-to-do',
        'Pages may fail, or lack features of the engine. Ask a Grafana admin to install the plugin version that matches the engine.'
      )}
    </Alert>
  );
}
