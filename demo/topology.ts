/** The services of the shop: each is a process of its own with `/metrics`, logs and traces. */
export const shopServices = ['storefront', 'catalog', 'cart', 'checkout', 'payments', 'worker'] as const;

export type ShopService = (typeof shopServices)[number];

/** A host outside the shop: it can be slow or gone like any other, but it shows nobody its insides. */
export const outsideHost = 'card-processor';

/** All processes that a fault can be put on. */
export const processNames = [...shopServices, outsideHost] as const;

export type ProcessName = (typeof processNames)[number];

/** The name by which the shop knows a peer, as in its spans and in `server_address`. */
export const peerHosts: Readonly<Record<ProcessName, string>> = {
  storefront: 'storefront',
  catalog: 'catalog',
  cart: 'cart',
  checkout: 'checkout',
  payments: 'payments',
  worker: 'worker',
  'card-processor': 'api.card-processor.example',
};

const offsets = {
  storefront: 0,
  catalog: 1,
  cart: 2,
  checkout: 3,
  payments: 4,
  worker: 5,
  'card-processor': 6,
  control: 7,
  inbox: 8,
  smtp: 9,
} as const;

/** How many ports in a row the demo takes, from the base upwards. */
export const portCount = 10;

export type Listener = keyof typeof offsets;

/** The port that a part of the demo listens on. */
export function getPort(portBase: number, listener: Listener): number {
  return portBase + offsets[listener];
}

export function isProcessName(value: string): value is ProcessName {
  return processNames.some((name) => name === value);
}

export const releases = { current: '1.0.0', bad: '1.1.0' } as const;
