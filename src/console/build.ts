import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const packageFolder = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

/** File names that Grafana's global styles ask for, and the fonts that fit them. */
const FONTS: Readonly<Record<string, string>> = {
  'Inter-Regular.woff2': 'inter-latin-400-normal.woff2',
  'Inter-Medium.woff2': 'inter-latin-500-normal.woff2',
  'Inter-Italic.woff2': 'inter-latin-400-italic.woff2',
  'Inter-MediumItalic.woff2': 'inter-latin-500-italic.woff2',
};

/**
 * Leaves out what no page uses and every visitor would load: Grafana's code editor (5 MB in chunks), zod's messages in fifty
 * languages (0.3 MB), and the time zones' history before the last five years (0.7 MB).
 */
const withoutBallast: Plugin = {
  name: 'without-ballast',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(monaco-editor|react-monaco-editor)(\/|$)/ }, omitted);
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer, ...args }) =>
      /[\\/]zod[\\/]/.test(importer) ? omitted(args) : undefined
    );
    onResolve({ filter: /^moment-timezone$/ }, () => ({ path: require.resolve(RECENT_TIME_ZONES) }));
    onLoad({ filter: /.*/, namespace: 'omitted' }, () => ({ contents: 'module.exports = {};' }));
  },
};
const RECENT_TIME_ZONES = 'moment-timezone/builds/moment-timezone-with-data-10-year-range.js';
const omitted = ({ path: wanted }: { readonly path: string }) => ({ path: wanted, namespace: 'omitted' });

/** Code that runs in a worker, by the name under which the code that starts it knows it. */
const WORKERS: Readonly<Record<string, string>> = {
  TRACE_FILE_WORKER: path.join(here, '../ui/traces/traceFileWorker.ts'),
};

/**
 * Each worker as one script, as a text that a bundler puts in place of its name: workers start from a blob, since the two bundlers
 * (this one and webpack) make no file for one alike, and Grafana may serve files from an address that a worker may not come from.
 */
export async function bundleWorkers(): Promise<Record<string, string>> {
  const bundled = Object.entries(WORKERS).map(async ([name, entry]) => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      minify: true,
      logLevel: 'warning',
    });
    return [name, JSON.stringify(outputFiles[0]?.text ?? '')] as const;
  });
  return Object.fromEntries(await Promise.all(bundled));
}

export interface BuildConsoleOptions {
  /** Folder to build into; what is in it is removed. */
  readonly outdir: string;
  /** Default true; source maps are written either way. */
  readonly minify?: boolean;
}

/** Builds the console: hashed bundles, split by page, and the icons and fonts that Grafana's components ask for. */
export async function buildConsole({ outdir, minify = true }: BuildConsoleOptions): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { main: path.join(here, 'main.tsx'), boot: path.join(here, 'boot.ts') },
    outdir: path.join(outdir, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify,
    sourcemap: 'linked',
    metafile: true,
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis', ...(await bundleWorkers()) },
    plugins: [withoutBallast],
    loader: { '.svg': 'file', '.png': 'file', '.woff2': 'file' },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  await Promise.all([copyIcons(outdir), copyFonts(outdir), writePage(outdir, metafile)]);
}

async function copyIcons(outdir: string): Promise<void> {
  const icons = path.join(packageFolder('@grafana/ui'), 'dist/public/img/icons');
  const target = path.join(outdir, 'public/build/img/icons');
  await cp(icons, target, { recursive: true });
  // Grafana's spinner asks for an icon that is in Grafana and not in the package.
  await cp(path.join(here, 'spinner.svg'), path.join(target, 'unicons/spinner.svg'));
}

async function copyFonts(outdir: string): Promise<void> {
  const files = path.join(packageFolder('@fontsource/inter'), 'files');
  const target = path.join(outdir, 'public/fonts/inter');
  await mkdir(target, { recursive: true });
  await Promise.all(Object.entries(FONTS).map(([name, font]) => cp(path.join(files, font), path.join(target, name))));
}

interface EntryFiles {
  readonly script: string;
  /** What the script imports at once. */
  readonly preloads: readonly string[];
  readonly styles: readonly string[];
}

/** Addresses of the bundle that an entry became. */
function entryFiles(metafile: Metafile, entry: string): EntryFiles {
  const found = Object.entries(metafile.outputs).find(
    ([, output]) => output.entryPoint !== undefined && path.basename(output.entryPoint) === entry
  );
  if (found === undefined) {
    throw new Error(`console build: expected a bundle of ${entry} among ${Object.keys(metafile.outputs).join(', ')}`);
  }
  const [file, { imports, cssBundle }] = found;
  const address = (output: string): string => `/assets/${path.basename(output)}`;
  return {
    script: address(file),
    styles: cssBundle === undefined ? [] : [address(cssBundle)],
    preloads: imports.filter(({ kind }) => kind === 'import-statement').map(({ path: output }) => address(output)),
  };
}

async function writePage(outdir: string, metafile: Metafile): Promise<void> {
  const main = entryFiles(metafile, 'main.tsx');
  const boot = entryFiles(metafile, 'boot.ts');
  const template = await readFile(path.join(here, 'index.html'), 'utf8');
  const assets = [
    ...main.styles.map((address) => `<link rel="stylesheet" href="${address}" />`),
    `<script type="module" src="${boot.script}"></script>`,
    ...main.preloads.map((address) => `<link rel="modulepreload" href="${address}" />`),
    `<script type="module" src="${main.script}"></script>`,
  ];
  await cp(path.join(here, '../img/logo.svg'), path.join(outdir, 'public/logo.svg'));
  await writeFile(path.join(outdir, 'index.html'), template.replace('<!-- assets -->', assets.join('\n    ')));
}

if (import.meta.main) {
  const outdir = path.resolve(here, '../../dist-console');
  const started = performance.now();
  // Built beside the old one and swapped: an engine that is running never serves half a console.
  await buildConsole({ outdir: `${outdir}.new` });
  await rm(outdir, { recursive: true, force: true });
  await rename(`${outdir}.new`, outdir);
  console.log(`console built into ${outdir} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
