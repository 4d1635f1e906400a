import { Button } from '@grafana/ui';
import { getServiceEvidence } from '../../api/evidence.ts';
import type { DurationMs } from '../../core/units.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { useNow } from '../../ui/useNow.ts';
import { windowSince, writeTime, writeWindow } from './mapParams.ts';

/** Compares the map since the service's last deploy with the time before it, where one is seen. */
export function BeforeDeploy({ name, window }: { readonly name: string; readonly window: DurationMs }) {
  const query = useQueryParams();
  const now = useNow((ms) => Math.floor(ms / 1000) * 1000);
  const { data } = useOperation(getServiceEvidence, { name });
  const deploy = data?.deploys.items.at(-1);
  return deploy === undefined ? null : (
    <Button
      variant="secondary"
      size="sm"
      icon="rocket"
      onClick={() =>
        query.set(
          { baseline: writeTime(deploy.at), window: writeWindow(windowSince(deploy.at, now, window)), node: null },
          { push: true }
        )
      }
    >
      {t('map.before-deploy.compare', 'Compare with before {{version}}', { version: deploy.version })}
    </Button>
  );
}
