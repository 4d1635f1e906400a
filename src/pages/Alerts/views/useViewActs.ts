import type { UseMutationResult } from '@tanstack/react-query';
import type { ApiError } from '../../../api/apiError.ts';
import type { InputOf, OutputOf } from '../../../api/operation.ts';
import { deleteView, saveView, type SavedViewView } from '../../../api/views.ts';
import { useAction, useChange } from '../../../host/useChange.ts';
import { t } from '../../../i18n/t.ts';
import type { Views } from './useViews.ts';

type Save = UseMutationResult<OutputOf<typeof saveView>, ApiError, InputOf<typeof saveView>>;

export interface ViewActs {
  /** Shows its errors beside the field, not in passing. */
  readonly save: Save;
  /** Replaces what the view keeps by what is seen. */
  readonly update: (view: SavedViewView) => void;
  readonly setDefault: (view: SavedViewView, isDefault: boolean) => void;
  readonly remove: (view: SavedViewView) => void;
}

export const inputOf = ({ id, page, name, params, isDefault }: SavedViewView): InputOf<typeof saveView> => ({
  id,
  page,
  name,
  params,
  isDefault,
});

/** What one can do with one's views. Each says how it went, and offers to take it back where that is possible. */
export function useViewActs({ current, params, name }: Views): ViewActs {
  const save = useChange(saveView, {
    quiet: true,
    done: ({ view }) => t('alerts.use-view-acts.view-saved', 'View “{{name}}” saved', { name: view.name }),
  });
  const restore = useChange(saveView, {
    failed: t('alerts.use-view-acts.the-view-was-not-restored', 'The view was not restored'),
    done: ({ view }) =>
      t('alerts.use-view-acts.view-is-back-as-it', 'View “{{name}}” is back as it was', { name: view.name }),
  });
  const replace = useAction(
    (client, { view }: { view: SavedViewView }) => client.call(saveView, { ...inputOf(view), params: { ...params } }),
    ['views'],
    {
      failed: t('alerts.use-view-acts.the-view-was-not-saved', 'The view was not saved'),
      done: (_, { view }) => ({
        message: t('alerts.use-view-acts.view-saved', 'View “{{name}}” saved', { name: view.name }),
        undo: () => restore.mutate(inputOf(view)),
      }),
    }
  );
  const setDefault = useChange(saveView, {
    failed: t('alerts.use-view-acts.the-default-view-was-not', 'The default view was not changed'),
    done: ({ view }) =>
      view.isDefault
        ? t('alerts.use-view-acts.alerts-opens-with', 'Alerts opens with “{{name}}”', { name: view.name })
        : t('alerts.use-view-acts.alerts-opens-with-every-open', 'Alerts opens with every open alert again'),
  });
  const remove = useAction((client, { id }: SavedViewView) => client.call(deleteView, { id }), ['views'], {
    failed: t('alerts.use-view-acts.the-view-was-not-deleted', 'The view was not deleted'),
    done(_, view) {
      if (view.id === current?.id) {
        name(null);
      }
      const { id: _id, ...again } = inputOf(view);
      return {
        message: t('alerts.use-view-acts.view-deleted', 'View “{{name}}” deleted', { name: view.name }),
        undo: () => restore.mutate(again),
      };
    },
  });
  return {
    save,
    update: (view) => replace.mutate({ view }),
    setDefault: (view, isDefault) => setDefault.mutate({ ...inputOf(view), isDefault }),
    remove: remove.mutate,
  };
}
