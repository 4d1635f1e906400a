import {
  DataSourcePlugin,
  type DataSourcePluginOptionsEditorProps,
  type QueryEditorHelpProps,
  type QueryEditorProps,
} from '@grafana/data';
import { DATASOURCE_ID } from '../host/pluginIds.ts';
import { startWords } from '../i18n/startWords.ts';
import { lazyEditor } from './lazyEditor.tsx';
import { PharosDataSource } from './PharosDataSource.ts';
import type { PharosOptions, PharosQuery, PharosSecrets } from './query.ts';

const QueryEditor = lazyEditor<QueryEditorProps<PharosDataSource, PharosQuery, PharosOptions>>(() =>
  import('./editors/QueryEditor.tsx').then((module) => module.QueryEditor)
);
const ConfigEditor = lazyEditor<DataSourcePluginOptionsEditorProps<PharosOptions, PharosSecrets>>(() =>
  import('./editors/ConfigEditor.tsx').then((module) => module.ConfigEditor)
);
const QueryHelp = lazyEditor<QueryEditorHelpProps<PharosQuery>>(() =>
  import('./editors/QueryHelp.tsx').then((module) => module.QueryHelp)
);

// Grafana has the words before it loads this file; queries need none that would have to wait for them.
void startWords(DATASOURCE_ID);

/** Grafana loads this file for every panel that asks Pharos: it holds what queries need, and no editor. */
export const plugin = new DataSourcePlugin<PharosDataSource, PharosQuery, PharosOptions, PharosSecrets>(
  PharosDataSource
)
  .setQueryEditor(QueryEditor)
  .setConfigEditor(ConfigEditor)
  .setQueryEditorHelp(QueryHelp);
