import type { Client } from '../../target/http/client.ts';
import { mapUrl } from './own-assets.ts';
import type { ErrorProbe, PathProbe, ScriptProbe } from './site.ts';

/** Requests paths of an origin, as they are written. */
export function probePaths(
  client: Client,
  origin: URL,
  paths: readonly string[],
): Promise<readonly PathProbe[]> {
  return Promise.all(paths.map(async (path) => ({ path, reply: await client.send({ url: origin, path }) })));
}

/** Requests what a server or an application may answer with an error page. */
export function probeErrors(client: Client, origin: URL, random: string): Promise<readonly ErrorProbe[]> {
  const paths: readonly (readonly [ErrorProbe['kind'], string])[] = [
    ['missing', `/${random}`],
    ['bad-escape', '/%'],
    ['bad-utf8', '/%ff%fe'],
    ['null-byte', '/%00'],
    ['bad-query', '/?id[]=%27&page=%&q[a][b]=1'],
    ['long', `/${'a'.repeat(9_000)}`],
  ];
  return Promise.all(
    paths.map(async ([kind, path]) => ({ kind, path, reply: await client.send({ url: origin, path }) })),
  );
}

const mostPages = 2;

/** The same where pages are: the root may be answered by another part of the application. */
export function probePageErrors(
  client: Client,
  origin: URL,
  pages: readonly URL[],
): Promise<readonly ErrorProbe[]> {
  const paths = [...new Set(pages.map(({ pathname }) => pathname))].filter((path) => path !== '/');
  const probes = paths.slice(0, mostPages).flatMap((path): (readonly [ErrorProbe['kind'], string])[] => [
    ['bad-query', `${path}?id[]=%27&page=%&q[a][b]=1`],
    ['bad-escape', `${beside(path)}%`],
  ]);
  return Promise.all(
    probes.map(async ([kind, path]) => ({ kind, path, reply: await client.send({ url: origin, path }) })),
  );
}

/** `/items/lamp` -> `/items/`, where `lamp` may be a parameter; `/login` -> `/login/`, as the root is asked for already. */
function beside(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder === '/' ? `${path}/` : folder;
}

/** Requests scripts, and the source map of each. */
export function probeScripts(client: Client, scripts: readonly URL[]): Promise<readonly ScriptProbe[]> {
  return Promise.all(
    scripts.map(async (url): Promise<ScriptProbe> => {
      const reply = await client.send({ url });
      const map = reply.kind === 'answer' && reply.status === 200 ? mapUrl(reply) : undefined;
      if (map === undefined) return { url: url.href, reply };
      return { url: url.href, reply, map: { url: map.href, reply: await client.send({ url: map }) } };
    }),
  );
}
