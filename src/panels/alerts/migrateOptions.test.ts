import type { PanelModel } from '@grafana/data';
import { plugin } from './module.tsx';

/** As Grafana asks: first whether to, then how. */
async function migrated(options: unknown) {
  const panel = { id: 1, type: 'pharos-alerts-panel', options } as PanelModel<never>;
  return plugin.shouldMigrate?.(panel) === true ? await plugin.onPanelMigration?.(panel) : 'as it is';
}

it('keeps a panel grouped by service that was so before there were other groups', async () => {
  expect(await migrated({ groupByService: true, maxRows: 10 })).toEqual({ groupBy: 'service', maxRows: 10 });
  expect(await migrated({ groupByService: false, density: 'compact' })).toEqual({ density: 'compact' });
});

it('keeps a group that was chosen since', async () => {
  expect(await migrated({ groupByService: true, groupBy: 'team' })).toEqual({ groupBy: 'team' });
});

it('leaves panels of today alone, also when Grafana asks for no reason', async () => {
  expect(await migrated({ groupBy: 'state' })).toBe('as it is');
  expect(await migrated(undefined)).toBe('as it is');
  const options = { groupBy: 'state', search: '$service' };
  expect(await plugin.onPanelMigration?.({ options } as PanelModel<never>)).toEqual(options);
});
