import path from 'node:path';
import { buildGraph, findCycles, jsxInNode, layerViolations } from './checkLayers.ts';
import { readSources } from './imports.ts';

const root = path.join(import.meta.dirname, '../..');

const graphOf = (files: Record<string, string>): ReturnType<typeof buildGraph> =>
  buildGraph(new Map(Object.entries(files)));

describe('this tree', () => {
  const graph = buildGraph(readSources(root, ['src', 'server', 'cli', 'demo', 'stack', 'bench', 'tests']));

  it('is read at all', () => {
    expect(graph.get('server/deps.ts')?.length).toBeGreaterThan(3);
    expect(graph.size).toBeGreaterThan(60);
  });

  it('keeps to the import table', () => {
    expect(layerViolations(graph)).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(findCycles(graph)).toEqual([]);
  });

  it('keeps JSX out of what Node runs', () => {
    expect(jsxInNode(graph)).toEqual([]);
  });
});

describe('layer check', () => {
  const targets = {
    'src/core/units.ts': '',
    'src/api/alerts.ts': '',
    'src/host/host.ts': '',
    'src/host/grafana.tsx': '',
    'src/ui/Pill.tsx': '',
    'src/pages/App.tsx': '',
    'src/pages/Alerts/Alerts.tsx': '',
    'src/pages/Overview/Overview.tsx': '',
    'src/panels/sla/module.tsx': '',
    'server/config.ts': '',
    'server/store/store.ts': '',
    'server/operations/alerts.ts': '',
    'server/jobs/loop.ts': '',
    'server/main.ts': '',
    'cli/main.ts': '',
    'demo/main.ts': '',
    'tests/run.ts': '',
  };

  it.each([
    ['src/core/a.ts', `import 'node:fs';`, 'core may not import the package'],
    ['src/core/a.ts', `import { z } from 'zod';`, 'core may not import the package'],
    ['src/core/a.ts', `import type { A } from '../api/alerts.ts';`, 'core may not import api'],
    ['src/core/a.ts', `export * from '../api/alerts.ts';`, 'core may not import api'],
    ['src/core/a.ts', `export const a = () => import('../api/alerts.ts');`, 'core may not import api'],
    ['src/core/a.ts', `export type A = import('../api/alerts.ts').A;`, 'core may not import api'],
    ['src/core/a.ts', `import './gone.ts';`, 'there is no such file'],
    ['src/core/a.ts', `import '../../tests/run.ts';`, 'neither tests nor benchmarks are imported by the product'],
    ['src/api/a.ts', `import { pino } from 'pino';`, 'api may not import the package'],
    ['src/api/a.ts', `import { z } from 'zodiac';`, 'api may not import the package'],
    ['src/host/console.tsx', `import { config } from '@grafana/runtime';`, 'host may not import the package'],
    ['src/ui/A.tsx', `import '../host/host.ts';`, 'ui may not import host'],
    ['src/ui/A.tsx', `import { useQuery } from '@tanstack/react-query';`, 'ui may not import the package'],
    ['src/pages/Alerts/a.ts', `import '../Overview/Overview';`, 'page "Alerts" may not import another page'],
    ['src/pages/Alerts/a.ts', `import '../App';`, 'page may not import pages'],
    ['src/pages/Alerts/a.ts', `import '../../host/grafana';`, 'page may not import host-grafana'],
    ['src/pages/Alerts/a.ts', `import '@grafana/runtime';`, 'page may not import the package'],
    ['src/pages/routes.ts', `import './Alerts/Alerts';`, 'pages may import page only by `import()`'],
    ['src/panels/traces/a.ts', `import '../sla/module';`, 'panel "traces" may not import another panel'],
    ['src/panels/traces/a.ts', `import '../../pages/App';`, 'panel may not import pages'],
    ['src/module.tsx', `import { App } from './pages/App';`, 'module may import pages only by `import()`'],
    [
      'server/operations/a.ts',
      `import '../store/store.ts';`,
      'server/operations may import only types of server/store',
    ],
    [
      'server/operations/a.ts',
      `import { type A } from '../store/store.ts';`,
      'server/operations may import only types of',
    ],
    ['server/store/a.ts', `import type { A } from '../jobs/loop.ts';`, 'server/store may not import server/jobs'],
    ['server/store/a.ts', `import '../../src/api/alerts.ts';`, 'server/store may not import api'],
    ['server/http/a.ts', `import '../store/store.ts';`, 'server/http may import only types of server/store'],
    ['server/http/a.ts', `import { useState } from 'react';`, 'server/http may not import the package'],
    [
      'server/http/a.ts',
      `new Worker(new URL('../jobs/loop.ts', import.meta.url));`,
      'server/http may not import server/jobs',
    ],
    ['server/log.ts', `import './store/store.ts';`, 'server may not import server/store'],
    ['cli/a.ts', `import '../server/config.ts';`, 'cli may not import server'],
    ['cli/a.ts', `import '../server/main.ts';`, 'cli may import server/main only by `import()`'],
    ['demo/a.ts', `import '../cli/main.ts';`, 'demo may not import cli'],
    ['cli/a.ts', `import { run } from '../tests/run.ts';`, 'neither tests nor benchmarks are imported by the product'],
    ['stack/a.ts', `import '../demo/main.ts';`, 'stack may not import demo'],
    ['src/stray.ts', '', 'belongs to no layer'],
  ])('refuses in %s: %s', (file, code, expected) => {
    const violations = layerViolations(graphOf({ ...targets, [file]: code }));
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain(expected);
  });

  it.each([
    ['src/core/a.ts', `import { ms } from './units.ts';`],
    ['src/api/a.ts', `import { z } from 'zod'; import * as core from 'zod/v4/core';`],
    ['src/host/grafana.tsx', `import { getBackendSrv } from '@grafana/runtime'; import './host';`],
    ['src/pages/Alerts/a.ts', `import '../../ui/Pill'; import './Alerts';`],
    ['src/pages/routes.ts', `export const load = () => import('./Alerts/Alerts');`],
    ['src/module.tsx', `import plugin from './plugin.json'; export const load = () => import('./pages/App');`],
    ['server/operations/a.ts', `import type { Store } from '../store/store.ts'; import '../config.ts';`],
    ['cli/test.ts', `export const run = () => import('../tests/run.ts');`],
    ['server/store/a.test.ts', `import '../jobs/loop.ts'; import '../../demo/main.ts';`],
    ['tests/e2e/a.ts', `import '../../server/jobs/loop.ts'; import 'react';`],
  ])('accepts in %s: %s', (file, code) => {
    expect(layerViolations(graphOf({ ...targets, [file]: code }))).toEqual([]);
  });

  it('finds rings through types, re-exports and dynamic imports, and nothing else', () => {
    const graph = graphOf({
      'src/core/a.ts': `import type { B } from './b.ts';`,
      'src/core/b.ts': `export * from './c.ts';`,
      'src/core/c.ts': `export const load = () => import('./a.ts');`,
      'src/core/d.ts': `import './a.ts'; import './e.ts';`,
      'src/core/e.ts': '',
      'src/core/self.ts': `import './self.ts';`,
    });
    expect(findCycles(graph)).toEqual([['src/core/a.ts', 'src/core/b.ts', 'src/core/c.ts'], ['src/core/self.ts']]);
  });

  it('finds JSX behind a chain of imports, tests left out', () => {
    const graph = graphOf({
      'cli/main.ts': `import '../src/host/a.ts';`,
      'src/host/a.ts': `import '../ui/Pill';`,
      'src/ui/Pill.tsx': '',
      'server/a.test.ts': `import '../src/ui/Pill';`,
    });
    expect(jsxInNode(graph)).toEqual(['cli/main.ts -> src/host/a.ts -> src/ui/Pill.tsx']);
  });
});
