import type { HostLocation, Navigation } from './host.ts';

/** The part of the History API, or of Grafana's location service, that navigation needs. */
export interface AddressBar {
  readonly read: () => { readonly pathname: string; readonly search: string };
  readonly listen: (listener: () => void) => () => void;
  readonly push: (address: string) => void;
  readonly replace: (address: string) => void;
  /** For an anchor: with whatever the server puts before every path. */
  readonly href: (address: string) => string;
}

/** Navigation within `base`, such as `/a/pharos-observability-app`, or empty where Pharos has the whole address. */
export function createNavigation(bar: AddressBar, base = ''): Navigation {
  let last: HostLocation = { path: '', search: '' };
  const address = (to: string): string => base + to;
  return {
    current() {
      const { pathname, search } = bar.read();
      const inside = base !== '' && pathname.startsWith(base) ? pathname.slice(base.length) : pathname;
      const path = inside === '' ? '/' : inside;
      if (path !== last.path || search !== last.search) {
        last = { path, search };
      }
      return last;
    },
    subscribe: bar.listen,
    go: (to, { replace = false } = {}) => (replace ? bar.replace(address(to)) : bar.push(address(to))),
    href: (to) => bar.href(address(to)),
  };
}

/** The browser's own history. Back and forward announce themselves; our own steps we announce. */
export function browserAddressBar(): AddressBar {
  const listeners = new Set<() => void>();
  const announce = () => listeners.forEach((listener) => listener());
  window.addEventListener('popstate', announce);
  return {
    read: () => window.location,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    push(address) {
      window.history.pushState(null, '', address);
      announce();
    },
    replace(address) {
      window.history.replaceState(null, '', address);
      announce();
    },
    href: (address) => address,
  };
}
