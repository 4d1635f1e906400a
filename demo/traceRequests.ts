import type { ShopService } from './topology.ts';

/** A span of a made-up trace, and what goes on within it, one after the other. */
export interface Call {
  readonly service: ShopService;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Median of the time that it needs itself. */
  readonly ownMs: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Share of these calls that fail, and with what words. */
  readonly failing?: number;
  readonly failure?: string;
  readonly calls?: readonly Call[];
}

/** Processes of each service. */
export const replicas = 3;

interface Http {
  readonly from: ShopService;
  readonly to: ShopService;
  readonly method: 'GET' | 'POST';
  readonly route: string;
}

/** A call over HTTP, as both sides see it. */
function http({ from, to, method, route }: Http, ownMs: number, calls: readonly Call[]): Call {
  const shared = { 'http.request.method': method, 'network.protocol.version': '1.1' };
  return {
    service: from,
    name: method,
    kind: 'client',
    ownMs: 0.6,
    attributes: { ...shared, 'server.address': to, 'server.port': 8080, 'url.full': `http://${to}:8080${route}` },
    calls: [
      {
        ...{ service: to, name: `${method} ${route}`, kind: 'server', ownMs, calls },
        attributes: { ...shared, 'http.route': route, 'url.scheme': 'http', 'user_agent.original': 'node' },
      },
    ],
  };
}

function query(service: ShopService, text: string, ownMs: number): Call {
  const [verb = 'SELECT'] = text.split(' ');
  return {
    ...{ service, name: `${verb} shop`, kind: 'client', ownMs },
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.query.text': text,
      'server.address': 'db.shop.internal',
      'server.port': 5432,
    },
  };
}

function cache(service: ShopService, command: 'GET' | 'SET', key: string): Call {
  return {
    service,
    name: command,
    kind: 'client',
    ownMs: 0.3,
    attributes: {
      'db.system.name': 'redis',
      'db.query.text': `${command} ${key}`,
      'server.address': 'cache.shop.internal',
    },
  };
}

const within = (service: ShopService, name: string, ownMs: number): Call => ({
  service,
  name,
  kind: 'internal',
  ownMs,
  attributes: {},
});

const charge: Call = {
  service: 'payments',
  name: 'POST',
  kind: 'client',
  ownMs: 42,
  failing: 0.02,
  failure: 'card declined',
  attributes: {
    'http.request.method': 'POST',
    'server.address': 'api.card-processor.example',
    'server.port': 443,
    'url.full': 'https://api.card-processor.example/v1/charges',
  },
};

const placed: Call = {
  service: 'checkout',
  name: 'send orders',
  kind: 'producer',
  ownMs: 0.5,
  attributes: { 'messaging.system': 'rabbitmq', 'messaging.destination.name': 'orders' },
  calls: [
    {
      service: 'worker',
      name: 'process orders',
      kind: 'consumer',
      ownMs: 6,
      attributes: { 'messaging.system': 'rabbitmq', 'messaging.destination.name': 'orders' },
      calls: [
        query('worker', 'UPDATE orders SET state = $1 WHERE id = $2', 3),
        { ...within('worker', 'send confirmation', 12), failing: 0.01, failure: 'mailbox is full' },
      ],
    },
  ],
};

const readProduct: readonly Call[] = [
  cache('catalog', 'GET', 'product:{id}'),
  query('catalog', 'SELECT * FROM products WHERE id = $1', 2),
  cache('catalog', 'SET', 'product:{id}'),
];

/** What visitors of the shop do: some twenty spans each. */
export const requests: readonly [Call, ...Call[]] = [
  http({ from: 'worker', to: 'storefront', method: 'GET', route: '/products' }, 4, [
    within('storefront', 'read session', 0.2),
    http({ from: 'storefront', to: 'catalog', method: 'GET', route: '/products' }, 2, [
      cache('catalog', 'GET', 'products:page'),
      ...readProduct,
      ...readProduct,
      ...readProduct,
    ]),
    within('storefront', 'render', 3),
  ]),
  http({ from: 'worker', to: 'storefront', method: 'POST', route: '/cart/{id}' }, 2, [
    within('storefront', 'read session', 0.2),
    http({ from: 'storefront', to: 'cart', method: 'POST', route: '/cart/{id}/items' }, 1, [
      cache('cart', 'GET', 'cart:{id}'),
      http({ from: 'cart', to: 'catalog', method: 'GET', route: '/products/{id}' }, 1, readProduct),
      cache('cart', 'SET', 'cart:{id}'),
    ]),
  ]),
  http({ from: 'worker', to: 'storefront', method: 'POST', route: '/checkout' }, 3, [
    within('storefront', 'read session', 0.2),
    http({ from: 'storefront', to: 'checkout', method: 'POST', route: '/orders' }, 4, [
      http({ from: 'checkout', to: 'cart', method: 'GET', route: '/cart/{id}' }, 1, [
        cache('cart', 'GET', 'cart:{id}'),
      ]),
      query('checkout', 'INSERT INTO orders (id, customer) VALUES ($1, $2)', 4),
      http({ from: 'checkout', to: 'payments', method: 'POST', route: '/charges' }, 3, [
        charge,
        query('payments', 'INSERT INTO charges (id, amount) VALUES ($1, $2)', 3),
      ]),
      placed,
      within('storefront', 'render', 2),
    ]),
  ]),
];
