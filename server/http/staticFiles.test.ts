import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { staticFile } from './staticFiles.ts';

let folder: string;
let root: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pharos-static-'));
  root = path.join(folder, 'console');
  mkdirSync(path.join(root, 'public', 'fonts'), { recursive: true });
  mkdirSync(path.join(folder, 'console-secret'));
  writeFileSync(path.join(root, 'index.html'), '<title>Pharos</title>');
  writeFileSync(path.join(root, 'main-A1B2C3D4.js'), 'run()');
  writeFileSync(path.join(root, 'public', 'fonts', 'inter.woff2'), 'font');
  writeFileSync(path.join(root, 'space name.txt'), 'spaced');
  writeFileSync(path.join(folder, 'secret.txt'), 'SECRET');
  writeFileSync(path.join(folder, 'console-secret', 'secret.txt'), 'SECRET');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['/main-A1B2C3D4.js', 'run()', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/index.html', '<title>Pharos</title>', 'text/html; charset=utf-8', 'no-cache'],
  ['/public/fonts/inter.woff2', 'font', 'font/woff2', 'public, max-age=31536000, immutable'],
  ['/space%20name.txt', 'spaced', 'text/plain; charset=utf-8', 'no-cache'],
])('serves %s', async (urlPath, ...expected) => {
  const response = await staticFile(root, urlPath);
  const headers = response?.headers;
  expect([await response?.text(), headers?.get('content-type'), headers?.get('cache-control')]).toEqual(expected);
});

it.each(['/', '/alerts', '/alerts/a1b2-e3', '/settings/receivers'])('serves the page for %s', async (urlPath) => {
  expect(await (await staticFile(root, urlPath))?.text()).toBe('<title>Pharos</title>');
});

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/public/../../secret.txt',
  '/../console-secret/secret.txt',
  '/..\\secret.txt',
  '/%00.txt',
  '/%E0%A4%A.txt',
  '/public/fonts.x/../../../secret.txt',
  '/nothing.txt',
  '/public.d',
])('has nothing at %s', async (urlPath) => {
  expect(await staticFile(root, urlPath)).toBeUndefined();
});

it('never leaves its folder, whatever the path', async () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '',
    '%2e%2e',
    '%2f',
    '\\',
    'public',
    'secret.txt',
    'console-secret',
    '%5c',
    '\0'
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const response = await staticFile(root, `/${parts.join('/')}`);
      expect((await response?.text()) ?? '').not.toContain('SECRET');
    })
  );
});

it('has nothing where no console was built', async () => {
  expect(await staticFile(path.join(folder, 'not-built'), '/')).toBeUndefined();
});
