/**
 * Both bundlers know this form: webpack by itself, esbuild by a plugin in src/console/build.ts. Without the entry options webpack
 * would wrap the worker as the AMD module that Grafana wants of a plugin.
 */
export const openLayoutWorker = (): Worker =>
  new Worker(
    /* webpackEntryOptions: { library: { type: 'var', name: 'pharosLayout' } } */ new URL(
      './layoutWorker.ts',
      import.meta.url
    )
  );
