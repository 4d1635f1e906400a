import type { CallPeer } from './callPeer.ts';
import type { Route, RouteAnswer } from './serveRoutes.ts';

/** The front of the shop: every page a visitor sees, put together from the services behind it. */
export function createStorefrontRoutes(callPeer: CallPeer): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      work: { name: 'render front page', medianMs: 6 },
      handle: async () => pass(await callPeer('catalog', { method: 'GET', path: '/products', template: '/products' })),
    },
    {
      method: 'GET',
      path: '/product/:id',
      work: { name: 'render product page', medianMs: 5 },
      handle: async ({ params }) => {
        const path = `/products/${encodeURIComponent(params.id ?? '')}`;
        return pass(await callPeer('catalog', { method: 'GET', path, template: '/products/:id' }));
      },
    },
    {
      method: 'POST',
      path: '/cart/:id',
      work: { name: 'update cart page', medianMs: 4 },
      handle: async ({ params, body }) => {
        const path = `/carts/${encodeURIComponent(params.id ?? '')}/items`;
        return pass(await callPeer('cart', { method: 'POST', path, template: '/carts/:id/items', body }));
      },
    },
    {
      method: 'POST',
      path: '/checkout',
      work: { name: 'render receipt', medianMs: 6 },
      handle: async ({ body }) =>
        pass(await callPeer('checkout', { method: 'POST', path: '/orders', template: '/orders', body })),
    },
  ];
}

function pass({ status, body }: RouteAnswer): RouteAnswer {
  return { status, body };
}
