/**
 * Aborts when this process is asked to end.
 *
 * @returns what lets go of the process again
 */
export function abortOnEnd(end: AbortController): () => void {
  const abort = (): void => end.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  signals.forEach((signal) => process.on(signal, abort));
  // The launcher holds the other end: were it killed, nobody else would stop what was started here.
  process.on('disconnect', abort);
  return () => {
    signals.forEach((signal) => process.off(signal, abort));
    process.off('disconnect', abort);
    if (process.connected) {
      process.disconnect();
    }
  };
}
