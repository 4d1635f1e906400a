import type { SavedView } from '../../src/core/views/savedView.ts';

export interface ViewRepository {
  /** Of one person, by name. */
  list(namespace: string, person: string): Promise<readonly SavedView[]>;
  save(view: SavedView): Promise<void>;
  /** False when there was none. */
  delete(namespace: string, person: string, id: string): Promise<boolean>;
}
