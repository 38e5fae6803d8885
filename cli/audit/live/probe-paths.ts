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
