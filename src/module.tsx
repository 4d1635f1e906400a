import {
  AppPlugin,
  PluginExtensionPoints,
  type AppPluginMeta,
  type AppRootProps,
  type PluginConfigPageProps,
} from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense, useMemo } from 'react';
import { alertLink } from './extensions/alertLink.ts';
import { thresholdLink } from './extensions/thresholdLink.ts';
import { traceLink } from './extensions/traceLink.ts';
import { isGrafanaAdmin } from './host/isGrafanaAdmin.ts';
import { APP_ID, APP_PATH, PROVISIONED_UID } from './host/pluginIds.ts';
import { startWords } from './i18n/startWords.ts';
import { t } from './i18n/t.ts';

interface Settings extends NonNullable<AppPluginMeta['jsonData']> {
  /** Uid of the Pharos data source, through which the pages reach the engine. */
  readonly datasourceUid?: string;
}

/** Everything else loads when a page is first opened: Grafana loads this file for every user at every start. */
const Pages = lazy(async () => {
  await startWords(APP_ID);
  const [{ App }, { createGrafanaHost }] = await Promise.all([import('./pages/App.tsx'), import('./host/grafana.tsx')]);

  function PagesInGrafana({ meta }: AppRootProps<Settings>) {
    const datasourceUid = meta.jsonData?.datasourceUid ?? PROVISIONED_UID;
    // Not `basename`: on a page that plugin.json lists it is the address of that page.
    const { version } = meta.info;
    const host = useMemo(
      () => createGrafanaHost({ datasourceUid, basePath: APP_PATH, version }),
      [datasourceUid, version]
    );
    return <App host={host} />;
  }
  return { default: PagesInGrafana };
});

const Configuration = lazy(async () => {
  await startWords(APP_ID);
  const [{ AppConfig }, { createAppSettings }] = await Promise.all([
    import('./pages/AppConfig/AppConfig.tsx'),
    import('./host/grafana.tsx'),
  ]);

  function ConfigurationInGrafana({ plugin: { meta } }: PluginConfigPageProps<AppPluginMeta<Settings>>) {
    const { enabled = false, pinned = false, jsonData } = meta;
    const port = useMemo(() => createAppSettings({ enabled, pinned, jsonData }), [enabled, pinned, jsonData]);
    return <AppConfig port={port} />;
  }
  return { default: ConfigurationInGrafana };
});

// Grafana has the words before it loads this file. What is said before they are known is said in English.
void startWords(APP_ID);

// plugin.json names the links too, with the same titles: without that Grafana does not offer them. They are translated when they are shown.
export const plugin = new AppPlugin<Settings>()
  .setRootPage((props) => <Pages {...props} />)
  .addConfigPage({
    id: 'configuration',
    title: 'Configuration',
    icon: 'cog',
    // Grafana waits for the chunks of pages, but not for those of this one.
    body: (props) => (
      <Suspense fallback={<LoadingPlaceholder text={t('app.module.loading', 'Loading')} />}>
        <Configuration {...props} />
      </Suspense>
    ),
  })
  .addLink({
    targets: PluginExtensionPoints.DashboardPanelMenu,
    title: 'Set a threshold on this',
    description: 'Let Pharos watch the query of this panel.',
    icon: 'sliders-v-alt',
    path: `${APP_PATH}/thresholds`,
    configure(context) {
      const link = isGrafanaAdmin() ? thresholdLink(context) : undefined;
      return (
        link && {
          ...link,
          title: t('app.module.threshold-link', 'Set a threshold on this'),
          description: t('app.module.threshold-link-description', 'Let Pharos watch the query of this panel.'),
        }
      );
    },
  })
  .addLink({
    targets: PluginExtensionPoints.AlertInstanceAction,
    title: 'Open in Pharos',
    description: 'The history of this alert, who acknowledged it, and who was notified.',
    icon: 'bell',
    path: `${APP_PATH}/alerts`,
    configure: (context) => ({
      ...alertLink(context),
      title: t('app.module.alert-link', 'Open in Pharos'),
      description: t(
        'app.module.alert-link-description',
        'The history of this alert, who acknowledged it, and who was notified.'
      ),
    }),
  })
  .addLink({
    targets: PluginExtensionPoints.TraceViewHeaderActions,
    title: 'Analyze in Pharos',
    description: 'The critical path of this trace, its errors, and how it differs from other traces.',
    icon: 'gf-traces',
    path: `${APP_PATH}/traces`,
    configure: (context) => {
      const link = traceLink(context);
      return (
        link && {
          ...link,
          title: t('app.module.trace-link', 'Analyze in Pharos'),
          description: t(
            'app.module.trace-link-description',
            'The critical path of this trace, its errors, and how it differs from other traces.'
          ),
        }
      );
    },
  });
