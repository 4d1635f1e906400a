import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { grafana } from '../../stack/grafana.ts';
import { findGrafana } from './programs.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'pharos-programs-'))));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '', { mode: 0o755 });
  return file;
}

it('finds a Grafana on PATH only beside a Go toolchain, which builds its relay', () => {
  jest.replaceProperty(grafana, 'usualPlaces', []);
  const program = put('grafana');
  expect(findGrafana(folder)).toBeNull();
  put('go');
  expect(findGrafana(folder)).toBe(program);
});

it('finds a Grafana where packages put it, as npm start does', () => {
  put('go');
  const places = mkdtempSync(path.join(folder, 'opt-'));
  jest.replaceProperty(grafana, 'usualPlaces', [places]);
  expect(findGrafana(folder)).toBeNull();
  const program = path.join(places, 'grafana');
  writeFileSync(program, '', { mode: 0o755 });
  expect(findGrafana(folder)).toBe(program);
});
