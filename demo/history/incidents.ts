import type { ShopService } from '../topology.ts';

/** What an incident does to one service, or to one of its routes. */
export interface Effect {
  readonly service: ShopService;
  readonly route?: string;
  /** Seconds that each request takes longer. */
  readonly addSeconds?: number;
  /** Share of requests or jobs that fail. */
  readonly errorRatio?: number;
  /** Cores burnt. */
  readonly cores?: number;
  /** Bytes leaked by the end of the incident. */
  readonly leakBytes?: number;
  /** Jobs that have piled up by the end of the incident. */
  readonly backlog?: number;
}

interface Incident {
  /** Where in the history it begins, as a share of its length. */
  readonly start: number;
  /** In a history of two hours or more; shorter ones have shorter incidents. */
  readonly minutes: number;
  readonly effects: readonly Effect[];
}

const fullMinutes = 120;
const msPerMinute = 60_000;

/** A bad afternoon, with what each trouble did further up the line. */
const incidents: readonly Incident[] = [
  {
    start: 0.18,
    minutes: 7,
    effects: [
      { service: 'checkout', route: '/orders', addSeconds: 0.9 },
      { service: 'storefront', route: '/checkout', addSeconds: 0.9 },
    ],
  },
  {
    start: 0.42,
    minutes: 5,
    effects: [
      { service: 'payments', errorRatio: 0.12 },
      { service: 'checkout', errorRatio: 0.12 },
      { service: 'storefront', route: '/checkout', errorRatio: 0.12 },
      { service: 'worker', errorRatio: 0.12, backlog: 90 },
    ],
  },
  {
    start: 0.63,
    minutes: 4,
    effects: [
      { service: 'catalog', addSeconds: 0.35 },
      { service: 'cart', route: '/carts/:id/items', addSeconds: 0.35 },
      { service: 'storefront', route: '/', addSeconds: 0.35 },
      { service: 'storefront', route: '/product/:id', addSeconds: 0.35 },
      { service: 'storefront', route: '/cart/:id', addSeconds: 0.35 },
    ],
  },
  { start: 0.7, minutes: 9, effects: [{ service: 'cart', leakBytes: 180_000_000 }] },
  {
    start: 0.83,
    minutes: 6,
    effects: [
      { service: 'payments', addSeconds: 0.3, cores: 0.7 },
      { service: 'checkout', route: '/orders', addSeconds: 0.3 },
      { service: 'storefront', route: '/checkout', addSeconds: 0.3 },
      { service: 'worker', addSeconds: 0.3 },
    ],
  },
];

export interface Trouble {
  readonly addSeconds: number;
  readonly errorRatio: number;
  readonly cores: number;
  readonly leakBytes: number;
  readonly backlog: number;
}

export type GetTrouble = (at: number, service: ShopService, route?: string) => Trouble;

/** Lays the incidents over a history; times are epoch milliseconds. */
export function scheduleIncidents(history: { from: number; to: number }): GetTrouble {
  const length = history.to - history.from;
  const scale = Math.min(1, length / (fullMinutes * msPerMinute));
  const scheduled = incidents.map(({ start, minutes, effects }) => ({
    begin: history.from + start * length,
    length: minutes * msPerMinute * scale,
    effects,
  }));
  return (at, service, route) => {
    const sum = { addSeconds: 0, errorRatio: 0, cores: 0, leakBytes: 0, backlog: 0 };
    for (const { begin, length: lasting, effects } of scheduled) {
      const progress = (at - begin) / lasting;
      if (progress >= 0 && progress < 1) {
        effects
          .filter((effect) => effect.service === service && (effect.route === undefined || effect.route === route))
          .forEach((effect) => addEffect(sum, effect, progress));
      }
    }
    return sum;
  };
}

function addEffect(sum: { -readonly [K in keyof Trouble]: number }, effect: Effect, progress: number): void {
  sum.addSeconds += effect.addSeconds ?? 0;
  sum.errorRatio += effect.errorRatio ?? 0;
  sum.cores += effect.cores ?? 0;
  sum.leakBytes += (effect.leakBytes ?? 0) * progress;
  sum.backlog += (effect.backlog ?? 0) * Math.sin(Math.PI * progress);
}
