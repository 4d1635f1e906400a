export const SERVICES = 1000;
export const CALLS = 5000;

/** Park and Miller's generator, so that every run lays out the same map. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Calls mostly from earlier to later services, some of them back, a few services called by many. */
export function makeCalls(): ReadonlyArray<readonly [string, string]> {
  const random = createRandom(7);
  const pairs = new Map<string, readonly [string, string]>();
  while (pairs.size < CALLS) {
    const from = Math.floor(random() * SERVICES);
    const popular = random() < 0.2;
    const ahead = 1 + Math.floor(random() ** 2 * 120);
    const to = popular ? SERVICES - 1 - Math.floor(random() * 20) : from + (random() < 0.05 ? -ahead : ahead);
    if (to >= 0 && to < SERVICES && to !== from) {
      pairs.set(`${from} ${to}`, [`service-${from}`, `service-${to}`]);
    }
  }
  return [...pairs.values()];
}
