import {
  CustomVariableSupport,
  type DataQueryRequest,
  type DataQueryResponse,
  type QueryEditorProps,
} from '@grafana/data';
import { from, map, type Observable } from 'rxjs';
import { lazyEditor } from './lazyEditor.tsx';
import type { PharosApi, PharosOptions, PharosQuery, VariableQuery } from './query.ts';

type EditorProps = QueryEditorProps<PharosApi, PharosQuery, PharosOptions, VariableQuery>;

/** Variables of the kinds that queries filter by. */
export class PharosVariableSupport extends CustomVariableSupport<PharosApi, VariableQuery, PharosQuery, PharosOptions> {
  override editor = lazyEditor<EditorProps>(() =>
    import('./editors/VariableEditor.tsx').then((module) => module.VariableEditor)
  );
  readonly #find: (query: VariableQuery | string | undefined) => Promise<Array<{ text: string; value: string }>>;

  constructor(find: (query: VariableQuery | string | undefined) => Promise<Array<{ text: string; value: string }>>) {
    super();
    this.#find = find;
  }

  override getDefaultQuery(): Partial<VariableQuery> {
    return { find: 'services' };
  }

  override query(request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    return from(this.#find(request.targets[0])).pipe(map((data) => ({ data })));
  }
}
