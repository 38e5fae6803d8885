import type { PackageSource } from '../../package-graph.ts';

/** A location without the name and password in it. */
function withoutCredentials(url: string): string {
  return url.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/?#]*@/i, '$1');
}

/** The host in lower case, with its port; undefined if there is none. */
export function hostOf(url: string): string | undefined {
  const [, host] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(url) ?? [];
  if (host !== undefined) return host.toLowerCase();
  // git@github.com:user/repository
  return /^[\w.-]+@([\w.-]+):/.exec(url)?.[1]?.toLowerCase();
}

export function registrySource(url?: string): PackageSource {
  if (url === undefined) return { kind: 'registry' };
  const host = hostOf(url);
  return { kind: 'registry', url: withoutCredentials(url), ...(host === undefined ? {} : { host }) };
}

export function urlSource(url: string): PackageSource {
  const host = hostOf(url);
  return { kind: 'url', url: withoutCredentials(url), ...(host === undefined ? {} : { host }) };
}

const commitPattern = /^[0-9a-f]{7,64}$/i;

/** @param commit also a branch or a tag, which counts as none */
export function gitSource(url: string, commit?: string): PackageSource {
  const host = hostOf(url.replace(/^git\+/, ''));
  return {
    kind: 'git',
    url: withoutCredentials(url),
    ...(host === undefined ? {} : { host }),
    ...(commit !== undefined && commitPattern.test(commit) ? { commit } : {}),
  };
}

/** `git+ssh://...#commit`, `github:user/repository#commit`, `https://.../x.tgz`, `file:../x`; undefined if it is none of them. */
export function locatedSource(text: string): PackageSource | undefined {
  const [location = '', fragment = ''] = text.split('#', 2);
  const commit = /(?:^|[&,])commit[=:]([0-9a-f]+)/i.exec(fragment)?.[1] ?? fragment;
  const hosted = /^(github|gitlab|bitbucket|gist):(.+)$/.exec(location);
  if (hosted) return gitSource(`https://${hosts[hosted[1] ?? '']}/${hosted[2] ?? ''}`, commit);
  if (/^git(\+[a-z]+)?:|^[\w.-]+@[\w.-]+:|\.git$|^ssh:/i.test(location)) return gitSource(location, commit);
  const archive = /^https:\/\/codeload\.github\.com\/[^/]+\/[^/]+\/(?:tar\.gz|zip)\/(.+)$/i.exec(location);
  if (archive) return gitSource(location, archive[1]);
  if (/^https?:/i.test(location)) return urlSource(text);
  const file = /^(?:file|link|portal):(.*)$/i.exec(location);
  return file ? { kind: 'file', location: file[1] ?? '' } : undefined;
}

const hosts: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
};
