import type { AnnotationQuery, AnnotationSupport, QueryEditorProps } from '@grafana/data';
import { lazyEditor } from './lazyEditor.tsx';
import { ANNOTATED_KINDS, type PharosApi, type PharosOptions, type PharosQuery } from './query.ts';

const ANNOTATED: Partial<PharosQuery> = { queryType: 'history', kinds: [...ANNOTATED_KINDS], limit: 500 };

const AnnotationEditor = lazyEditor<QueryEditorProps<PharosApi, PharosQuery, PharosOptions>>(() =>
  import('./editors/AnnotationEditor.tsx').then((module) => module.AnnotationEditor)
);

/** Events of the history as annotations; Grafana takes the columns `time`, `title`, `text` and `tags` by their names. */
export const annotationSupport: AnnotationSupport<PharosQuery> = {
  QueryEditor: AnnotationEditor,
  // Grafana lays it below the query again and again: a field that somebody has emptied must not come back.
  getDefaultQuery: () => ({ queryType: 'history' }),
  prepareAnnotation: (annotation: AnnotationQuery<PharosQuery>) =>
    annotation.target?.queryType === 'history'
      ? annotation
      : { ...annotation, target: { refId: 'Anno', ...annotation.target, ...ANNOTATED } },
  prepareQuery: ({ target }) => target && { ...target, queryType: 'history' },
};
