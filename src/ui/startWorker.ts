/**
 * A worker of a script that the bundlers put in as a text (`bundleWorkers` in src/console/build.ts); undefined where none can be had: no
 * bundler was, the browser is old, the content security policy is strict.
 */
export function startWorker(code: string | undefined): Worker | undefined {
  if (code === undefined || code === '' || typeof Worker === 'undefined') {
    return undefined;
  }
  // From a blob: Grafana may serve plugins from another address, from which a browser starts no worker.
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(address);
  }
}
