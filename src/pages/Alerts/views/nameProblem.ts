import type { SavedViewView } from '../../../api/views.ts';
import { viewNameKey } from '../../../core/views/savedView.ts';

/** What is wrong with a name for a view; undefined when nothing is. `own` is the view that has it now. */
export function nameProblem(name: string, items: readonly SavedViewView[], own?: SavedViewView): string | undefined {
  const wanted = name.trim();
  if (wanted === '') {
    return 'Enter a name.';
  }
  const taken = items.find((view) => view.id !== own?.id && viewNameKey(view.name) === viewNameKey(wanted));
  return taken === undefined ? undefined : `You have a view “${taken.name}” already: choose another name.`;
}
