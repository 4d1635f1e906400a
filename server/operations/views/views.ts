import * as contract from '../../../src/api/views.ts';
import type { SavedViewView } from '../../../src/api/views.ts';
import { isNobody, personOf, type Identity } from '../../../src/core/identity.ts';
import type { InputOf } from '../../../src/api/operation.ts';
import { viewNameKey, type SavedView } from '../../../src/core/views/savedView.ts';
import { EngineError } from '../../errors.ts';
import { change, query } from '../operation.ts';

const ID_BYTES = 9;

const isPage = (page: string): page is SavedViewView['page'] => contract.VIEW_PAGES.some((known) => known === page);

/** A page that this version does not know keeps its views for one that does. */
function shown({ id, page, name, params, isDefault, createdAt, updatedAt }: SavedView): SavedViewView[] {
  return isPage(page) ? [{ id, page, name, params: { ...params }, isDefault, createdAt, updatedAt }] : [];
}

const facts = ({ page, name, params, isDefault }: SavedView) => ({ page, name, params: { ...params }, isDefault });

/** @throws EngineError `forbidden` */
function requirePerson(identity: Identity): void {
  if (isNobody(identity)) {
    throw new EngineError('forbidden', 'Views belong to a person: sign in to Grafana to save your own.');
  }
}

export const listViews = query(contract.listViews, async (deps, { identity }, { page }) => {
  if (isNobody(identity)) {
    return { items: [] };
  }
  const kept = await deps.store.read.views.list(identity.namespace, personOf(identity));
  return { items: kept.flatMap(shown).filter((view) => page === undefined || view.page === page) };
});

export const saveView = change(contract.saveView, async (deps, { tx, identity, now }, input) => {
  requirePerson(identity);
  const owner = { namespace: identity.namespace, person: personOf(identity) };
  const kept = (await tx.views.list(owner.namespace, owner.person)).filter(({ page }) => page === input.page);
  const before = kept.find(({ id }) => id === input.id);
  requireRoom(kept, before, input);
  const view: SavedView = {
    ...owner,
    id: before?.id ?? deps.randomId(ID_BYTES),
    page: input.page,
    name: input.name,
    params: input.params,
    isDefault: input.isDefault,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  for (const other of kept) {
    if (view.isDefault && other.isDefault && other.id !== view.id) {
      await tx.views.save({ ...other, isDefault: false, updatedAt: now });
    }
  }
  await tx.views.save(view);
  await tx.changes.append(owner.namespace, [{ topic: 'views', id: view.id }]);
  const { id, createdAt, updatedAt } = view;
  return {
    output: { view: { ...input, id, createdAt, updatedAt } },
    audit: { object: `view ${id}`, before: before === undefined ? null : facts(before), after: facts(view) },
  };
});

/** @throws EngineError when the id is nobody's, the name is another's, or there are too many */
function requireRoom(
  kept: readonly SavedView[],
  before: SavedView | undefined,
  { id, page, name }: InputOf<typeof contract.saveView>
): void {
  if (id !== undefined && before === undefined) {
    throw new EngineError('not_found', `You have no view ${id} of the page ${page}.`);
  }
  if (kept.some((other) => other !== before && viewNameKey(other.name) === viewNameKey(name))) {
    const message = `you have a view "${name}" already; choose another name`;
    throw new EngineError('conflict', `name: ${message}`, { errors: [{ path: 'name', message }] });
  }
  if (before === undefined && kept.length >= contract.MOST_VIEWS) {
    throw new EngineError(
      'conflict',
      `You keep ${kept.length} views of the page ${page}, and ${contract.MOST_VIEWS} are the most; delete one first.`
    );
  }
}

export const deleteView = change(contract.deleteView, async (_deps, { tx, identity }, { id }) => {
  const person = personOf(identity);
  const before = (await tx.views.list(identity.namespace, person)).find((view) => view.id === id);
  if (before === undefined) {
    throw new EngineError('not_found', `You have no view ${id}.`);
  }
  await tx.views.delete(identity.namespace, person, id);
  await tx.changes.append(identity.namespace, [{ topic: 'views', id }]);
  return { output: {}, audit: { object: `view ${id}`, before: facts(before), after: null } };
});
