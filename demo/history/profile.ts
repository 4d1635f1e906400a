import type { ShopService } from '../topology.ts';

/** How a route behaves on a good day; figures measured on the running shop. */
export interface RouteProfile {
  readonly service: ShopService;
  readonly route: string;
  readonly method: 'GET' | 'POST';
  /** Requests per visit of the storefront. */
  readonly share: number;
  /** Of its duration, in seconds. */
  readonly median: number;
  readonly errorRatio: number;
  readonly errorStatus: '500' | '502';
}

/** Spread of the log-normal durations. */
export const sigma = 0.3;

const usual = { errorRatio: 0.0002, errorStatus: '502' } as const;
const paying = { errorRatio: 0.002, errorStatus: '502' } as const;
const own = { errorRatio: 0.0002, errorStatus: '500' } as const;

export const routeProfiles: readonly RouteProfile[] = [
  { service: 'storefront', method: 'GET', route: '/', share: 0.3, median: 0.016, ...usual },
  { service: 'storefront', method: 'GET', route: '/product/:id', share: 0.38, median: 0.014, ...usual },
  { service: 'storefront', method: 'POST', route: '/cart/:id', share: 0.14, median: 0.021, ...usual },
  { service: 'storefront', method: 'POST', route: '/checkout', share: 0.18, median: 0.085, ...paying },
  { service: 'catalog', method: 'GET', route: '/products', share: 0.3, median: 0.008, ...own },
  { service: 'catalog', method: 'GET', route: '/products/:id', share: 0.52, median: 0.007, ...own },
  { service: 'cart', method: 'POST', route: '/carts/:id/items', share: 0.14, median: 0.014, ...usual },
  { service: 'cart', method: 'GET', route: '/carts/:id', share: 0.18, median: 0.0065, ...own },
  { service: 'checkout', method: 'POST', route: '/orders', share: 0.18, median: 0.076, ...paying },
  { service: 'payments', method: 'POST', route: '/authorizations', share: 0.18, median: 0.056, ...paying },
  { service: 'payments', method: 'POST', route: '/captures', share: 0.177, median: 0.05, ...usual },
];
