import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Built files carry a hash in their names: they never change under one. */
const HASHED = /[-.][A-Za-z0-9_]{8,}\.(js|css|map)$/;

/**
 * The console's file for a path, or its index page for any path that is a page of it.
 * @returns undefined where there is no such file, or no console was built
 */
export async function staticFile(root: string, urlPath: string): Promise<Response | undefined> {
  const wanted = path.extname(urlPath) === '' ? '/index.html' : decodePath(urlPath);
  const file = wanted === undefined ? undefined : path.join(root, wanted);
  if (file === undefined || !file.startsWith(root + path.sep)) {
    return undefined;
  }
  try {
    if (!(await stat(file)).isFile()) {
      return undefined;
    }
    const cache =
      HASHED.test(file) || urlPath.startsWith('/public/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return new Response(await readFile(file), {
      headers: { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'cache-control': cache },
    });
  } catch {
    return undefined;
  }
}

function decodePath(urlPath: string): string | undefined {
  try {
    const decoded = decodeURIComponent(urlPath);
    return decoded.includes('\0') ? undefined : path.posix.normalize(decoded);
  } catch {
    return undefined;
  }
}
