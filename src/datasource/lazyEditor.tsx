import { LoadingPlaceholder } from '@grafana/ui';
import { createElement, lazy, Suspense, type ComponentType } from 'react';
import { DATASOURCE_ID } from '../host/pluginIds.ts';
import { startWords } from '../i18n/startWords.ts';
import { t } from '../i18n/t.ts';

/** A component that is fetched when it is first shown, after the language: queries run without their editors. */
export function lazyEditor<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Editor: ComponentType<P> = lazy(async () => {
    await startWords(DATASOURCE_ID);
    return { default: await load() };
  });
  function LazyEditor(props: P) {
    return (
      <Suspense fallback={<LoadingPlaceholder text={t('datasource.lazy-editor.loading', 'Loading…')} />}>
        {createElement(Editor, props)}
      </Suspense>
    );
  }
  return LazyEditor;
}
