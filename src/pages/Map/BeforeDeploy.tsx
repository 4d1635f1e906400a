import { Button } from '@grafana/ui';
import { getServiceEvidence } from '../../api/evidence.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { writeTime } from './mapParams.ts';

/** Compares the map with the time before the service's last deploy, where one is seen. */
export function BeforeDeploy({ name }: { readonly name: string }) {
  const query = useQueryParams();
  const { data } = useOperation(getServiceEvidence, { name });
  const deploy = data?.deploys.items.at(-1);
  return deploy === undefined ? null : (
    <Button
      variant="secondary"
      size="sm"
      icon="rocket"
      onClick={() => query.set({ baseline: writeTime(deploy.at), node: null }, { push: true })}
    >
      {t('map.before-deploy.compare', 'Compare with before {{version}}', { version: deploy.version })}
    </Button>
  );
}
