import { createServer } from 'node:net';
import { request } from 'undici';
import { fine, problem, type Check } from './check.ts';

const ANSWER_MS = 3000;

/** Whether the engine could listen where it is told to, or does already. */
export const checkPorts: Check = async ({ settings, signal }) => {
  const { listen, port } = settings;
  const place = `${listen}:${port}`;
  const failure = await tryToListen(listen, port);
  if (failure === undefined) {
    return [fine(`${place} is free; no engine runs there.`)];
  }
  if (failure !== 'EADDRINUSE') {
    return [problem(`The engine cannot listen on ${place}: ${failure}.`, 'Change PHAROS_LISTEN or PHAROS_PORT.')];
  }
  return (await isEngine(listen, port, signal))
    ? [fine(`An engine answers on ${place}.`)]
    : [problem(`Another program than an engine has ${place}.`, 'End it, or set PHAROS_PORT to a free one.')];
};

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

async function isEngine(listen: string, port: number, signal: AbortSignal): Promise<boolean> {
  const host = listen === '0.0.0.0' || listen === '::' ? '127.0.0.1' : listen;
  try {
    const answer = await request(`http://${host.includes(':') ? `[${host}]` : host}:${port}/health`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    return answer.statusCode === 200 && (await answer.body.text()).includes('"ok"');
  } catch {
    return false;
  }
}
