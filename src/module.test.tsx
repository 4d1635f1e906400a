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
