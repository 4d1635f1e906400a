import net from 'node:net';
import { claimPorts, isPortFree } from './ports.ts';

async function listen(): Promise<{ port: number; server: net.Server }> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, server };
}

function close(server: net.Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve));
}

describe('claimPorts', () => {
  it('gives the preferred port when it is free', async () => {
    const { port, server } = await listen();
    await close(server);
    expect(await claimPorts(port, new Set())).toBe(port);
  });

  it('goes past a port that is in use', async () => {
    const { port, server } = await listen();
    try {
      expect(await isPortFree(port)).toBe(false);
      expect(await claimPorts(port, new Set())).toBeGreaterThan(port);
    } finally {
      await close(server);
    }
  });

  it('gives no port out twice before anything listens there', async () => {
    const { port, server } = await listen();
    await close(server);
    const taken = new Set<number>();
    const first = await claimPorts(port, taken);
    const second = await claimPorts(port, taken);
    expect(second).toBeGreaterThan(first);
    expect([...taken]).toEqual([first, second]);
  });

  it('finds a row without a gap', async () => {
    const { port, server } = await listen();
    try {
      const taken = new Set([port + 2]);
      const first = await claimPorts(port, taken, 3);
      expect(first).toBeGreaterThan(port + 2);
      expect([...taken]).toEqual([port + 2, first, first + 1, first + 2]);
    } finally {
      await close(server);
    }
  });

  it('says which ports it tried', async () => {
    const taken = new Set([65_535]);
    await expect(claimPorts(65_535, taken)).rejects.toThrow('No port is free from 65535 to 65535.');
  });
});
