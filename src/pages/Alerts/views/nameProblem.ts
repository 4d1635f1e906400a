import type { SavedViewView } from '../../../api/views.ts';
import { viewNameKey } from '../../../core/views/savedView.ts';
import { t } from '../../../i18n/t.ts';

/** What is wrong with a name for a view; undefined when nothing is. `own` is the view that has it now. */
export function nameProblem(name: string, items: readonly SavedViewView[], own?: SavedViewView): string | undefined {
  const wanted = name.trim();
  if (wanted === '') {
    return t('alerts.name-problem.enter-a-name', 'Enter a name.');
  }
  const taken = items.find((view) => view.id !== own?.id && viewNameKey(view.name) === viewNameKey(wanted));
  return taken === undefined
    ? undefined
    : t('alerts.name-problem.you-have-a-view-already', 'You already have a view “{{name}}”: choose another name.', {
        name: taken.name,
      });
}
