import net from 'node:net';

const host = '127.0.0.1';
const highestPort = 65_535;
const attempts = 200;

/** Whether something could listen on this port of the loopback address now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = net.createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch {
    return false;
  }
}

/**
 * The first port from `preferred` upwards from which `count` in a row are free; they are added to `taken`, so that the
 * next call does not give them out again before anything listens there.
 *
 * @throws Error when none of the ports that were tried is free
 */
export async function claimPorts(preferred: number, taken: Set<number>, count = 1): Promise<number> {
  const last = Math.min(preferred + attempts, highestPort - count + 1);
  for (let first = preferred; first <= last; first += 1) {
    const range = Array.from({ length: count }, (_, index) => first + index);
    if (range.some((port) => taken.has(port))) {
      continue;
    }
    const free = await Promise.all(range.map(isPortFree));
    if (free.every(Boolean)) {
      range.forEach((port) => taken.add(port));
      return first;
    }
  }
  throw new Error(`No ${count === 1 ? 'port is' : `${count} ports in a row are`} free from ${preferred} to ${last}.`);
}
