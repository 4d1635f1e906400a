import { config } from '@grafana/runtime';
import { plugin } from './module.tsx';
import manifest from './plugin.json';

it('offers the links that plugin.json names, word for word, or Grafana would not', () => {
  const offered = plugin.addedLinkConfigs.map(({ targets, title, description }) => ({
    targets: [targets].flat(),
    title,
    description,
  }));
  expect(offered).toEqual(manifest.extensions.addedLinks);
  expect(offered).toHaveLength(3);
});

it('has links that lead into the app even before they are configured', () => {
  expect(plugin.addedLinkConfigs.map(({ path }) => path)).toEqual([
    `/a/${manifest.id}/thresholds`,
    `/a/${manifest.id}/alerts`,
    `/a/${manifest.id}/traces`,
  ]);
});

it('has one page for its configuration', () => {
  expect(plugin.configPages?.map(({ id, title }) => [id, title])).toEqual([['configuration', 'Configuration']]);
});

it('offers a threshold in the menu of a panel to admins only, who alone may set one', () => {
  const link = plugin.addedLinkConfigs.find(({ path }) => path?.endsWith('/thresholds'));
  const context = { title: 'Latency', targets: [{ refId: 'A', datasource: { type: 'prometheus' }, expr: 'up' }] };
  const offeredTo = (orgRole: string) => {
    jest.replaceProperty(config, 'bootData', { user: { orgRole } } as typeof config.bootData);
    return link?.configure?.(context as never);
  };
  expect(offeredTo('Admin')?.path).toContain('/thresholds?new=1&expr=up');
  expect(offeredTo('Editor')).toBeUndefined();
  expect(offeredTo('Viewer')).toBeUndefined();
});
