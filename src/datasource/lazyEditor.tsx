import { LoadingPlaceholder } from '@grafana/ui';
import { createElement, lazy, Suspense, type ComponentType } from 'react';

/** A component that is fetched when it is first shown: queries run without their editors. */
export function lazyEditor<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Editor: ComponentType<P> = lazy(async () => ({ default: await load() }));
  function LazyEditor(props: P) {
    return <Suspense fallback={<LoadingPlaceholder text="Loading…" />}>{createElement(Editor, props)}</Suspense>;
  }
  return LazyEditor;
}
