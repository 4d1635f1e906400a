const hourMs = 3_600_000;

/** How far back the generated history of the demo reaches. */
export const historyMs = 2 * hourMs;

const stepMs = 15_000;

/** The demo's past as lines of OpenMetrics, up to now; every series is marked `generated="true"`. */
export async function loadDemoHistory(): Promise<() => Iterable<string>> {
  const { backfillOpenMetrics } = await import('../demo/backfill.ts');
  return () => {
    const to = Date.now();
    return backfillOpenMetrics({ from: to - historyMs, to, stepMs });
  };
}
