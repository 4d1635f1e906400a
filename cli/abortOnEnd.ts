const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts when this process is asked to end.
 *
 * @returns what lets go of the process again
 */
export function abortOnEnd(end: AbortController): () => void {
  const abort = (): void => end.abort();
  const release = abortOnSignals(end);
  // The launcher holds the other end: were it killed, nobody else would stop what was started here.
  process.on('disconnect', abort);
  return () => {
    release();
    process.off('disconnect', abort);
    if (process.connected) {
      process.disconnect();
    }
  };
}

/**
 * Aborts on a signal to end; the launcher is left to whoever comes next.
 *
 * @returns what lets go of the signals again
 */
export function abortOnSignals(end: AbortController): () => void {
  const abort = (): void => end.abort();
  ends.forEach((signal) => process.on(signal, abort));
  return () => ends.forEach((signal) => process.off(signal, abort));
}
