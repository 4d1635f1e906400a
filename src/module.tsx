import { AppPlugin, type AppPluginMeta, type AppRootProps } from '@grafana/data';
import { lazy, useMemo } from 'react';
import { PROVISIONED_UID } from './host/pluginIds.ts';

interface Settings extends NonNullable<AppPluginMeta['jsonData']> {
  /** Uid of the Pharos data source, through which the pages reach the engine. */
  readonly datasourceUid?: string;
}

/** Everything else loads when a page is first opened: Grafana loads this file for every user at every start. */
const Pages = lazy(async () => {
  const [{ App }, { createGrafanaHost }] = await Promise.all([import('./pages/App.tsx'), import('./host/grafana.tsx')]);

  function PagesInGrafana({ basename, meta }: AppRootProps<Settings>) {
    const datasourceUid = meta.jsonData?.datasourceUid ?? PROVISIONED_UID;
    const host = useMemo(() => createGrafanaHost({ datasourceUid, basePath: basename }), [datasourceUid, basename]);
    return <App host={host} />;
  }
  return { default: PagesInGrafana };
});

export const plugin = new AppPlugin<Settings>().setRootPage((props) => <Pages {...props} />);
