import type { Check } from './check.ts';

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;
const TYPES = ['app', 'datasource', 'panel'];

/** Ids are unique, of Grafana's form, and end on what they name: `pharos-alerts-panel`. Only an app holds other plugins. */
export const checkIds: Check = ({ plugins }) => {
  const ids = plugins.map(({ manifest }) => manifest.id);
  return plugins.flatMap(({ folder, manifest: { id, type } }, index) => {
    const file = `${folder}plugin.json`;
    return [
      !ID.test(id) && `${file} has the id "${id}": expected small letters, digits and hyphens, as in acme-thing-app.`,
      !TYPES.includes(type) && `${file} has the type "${type}": expected ${TYPES.join(', ')}.`,
      !id.endsWith(`-${type}`) && `${file} has the id "${id}", which does not end on -${type}.`,
      ids.indexOf(id) !== index && `${file} has the id "${id}", as another plugin has.`,
      folder === '' && type !== 'app' && plugins.length > 1 && `${file} is of type ${type}: only an app holds others.`,
      folder !== '' && type === 'app' && `${file} is an app inside an app, which Grafana does not load.`,
    ].filter((problem) => problem !== false);
  });
};
