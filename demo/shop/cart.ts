import type { CallPeer } from './callPeer.ts';
import { ShopError } from './shopError.ts';
import type { Route } from './serveRoutes.ts';

interface Item {
  readonly product: number;
  readonly price: number;
}

/** Carts that nobody came back to go first, so that memory stays level. */
const capacity = 5_000;

/** The carts of the shop, in memory; prices come from the catalog. */
export function createCartRoutes(callPeer: CallPeer): Route[] {
  const carts = new Map<string, Item[]>();
  return [
    {
      method: 'POST',
      path: '/carts/:id/items',
      work: { name: 'add item', medianMs: 4 },
      handle: async ({ params, body }) => {
        const product = readProduct(body);
        const path = `/products/${product}`;
        const answer = await callPeer('catalog', { method: 'GET', path, template: '/products/:id' });
        if (answer.status !== 200) {
          throw new ShopError(404, `There is no product ${product}.`);
        }
        const id = params.id ?? '';
        const items = [...(carts.get(id) ?? []), { product, price: readPrice(answer.body) }];
        carts.delete(id);
        carts.set(id, items);
        dropOldest(carts);
        return { status: 201, body: { id, items } };
      },
    },
    {
      method: 'GET',
      path: '/carts/:id',
      work: { name: 'load cart', medianMs: 5 },
      handle: async ({ params }) => {
        const items = carts.get(params.id ?? '') ?? [];
        return { status: 200, body: { id: params.id, items, total: items.reduce((sum, { price }) => sum + price, 0) } };
      },
    },
  ];
}

function dropOldest(carts: Map<string, Item[]>): void {
  const [oldest] = carts.keys();
  if (carts.size > capacity && oldest !== undefined) {
    carts.delete(oldest);
  }
}

function readProduct(body: unknown): number {
  const product: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'product') : undefined;
  if (typeof product !== 'number' || !Number.isInteger(product)) {
    throw new ShopError(400, 'Expected a body such as {"product": 7}.');
  }
  return product;
}

function readPrice(body: unknown): number {
  const price: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'price') : undefined;
  return typeof price === 'number' ? price : 0;
}
