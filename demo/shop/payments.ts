import { outsideHost } from '../topology.ts';
import type { CallPeer } from './callPeer.ts';
import type { Route } from './serveRoutes.ts';

/** Talks to the card processor, a host outside the shop. */
export function createPaymentsRoutes(callPeer: CallPeer): Route[] {
  return [
    createStep(callPeer, 'authorizations', 'check fraud rules'),
    createStep(callPeer, 'captures', 'book capture'),
  ];
}

function createStep(callPeer: CallPeer, step: 'authorizations' | 'captures', workName: string): Route {
  return {
    method: 'POST',
    path: `/${step}`,
    work: { name: workName, medianMs: 6 },
    handle: async ({ body }) => {
      const path = `/v1/${step}`;
      const { status, body: answer } = await callPeer(outsideHost, { method: 'POST', path, template: path, body });
      return { status, body: answer };
    },
  };
}
