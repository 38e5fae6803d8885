import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Misuse } from '../../refusal/misuse.ts';

/** How the scripts of a page of the build can be allowed. */
export interface NextPage {
  /** Such as `/about` or `/blog/[slug]`. */
  readonly path: string;
  /**
   * `nonce`: rendered for each request. `hashes`: rendered by the build, and never again. `neither`: rendered for everyone, and again after
   * the build, so no policy can know its scripts.
   */
  readonly mode: 'nonce' | 'hashes' | 'neither';
  /** Why, and what to change. */
  readonly because: string;
}

interface Prerendered {
  readonly initialRevalidateSeconds?: number | false;
  readonly response?: string;
  readonly renderingMode?: string;
  readonly experimentalPPR?: boolean;
  readonly srcRoute?: string | null;
  readonly dataRoute?: string | null;
}

interface PrerenderManifest {
  readonly routes: Readonly<Record<string, Prerendered>>;
  readonly dynamicRoutes: Readonly<Record<string, { readonly fallback?: unknown } & Prerendered>>;
}

/**
 * Reads what `next build` wrote, and says for each page whether its policy can have a nonce or hashes, and why.
 *
 * @param directory where the build is: `.next` by default
 * @throws Misuse `bulwark/invalid-option` where there is no build
 *
 * @example
 * ```ts
 * import { nextPages } from 'bulwark/next/config';
 *
 * await nextPages();
 * // [{ path: '/about', mode: 'hashes', because: 'The build rendered it, and nothing renders it again.' }, ...]
 * ```
 */
export async function nextPages(directory = '.next'): Promise<readonly NextPage[]> {
  const { routes, dynamicRoutes } = await readJson<PrerenderManifest>(
    join(directory, 'prerender-manifest.json'),
  );
  const appPaths = await readJson<Record<string, string>>(
    join(directory, 'app-path-routes-manifest.json'),
    {},
  );
  const pages = new Map<string, NextPage>();
  for (const [file, path] of Object.entries(appPaths)) {
    if (file.endsWith('/page')) pages.set(path, { path, mode: 'nonce', because: perRequest });
  }
  for (const [path, route] of Object.entries(dynamicRoutes)) {
    if (route.fallback === false) pages.delete(path);
    else pages.set(path, { path, mode: 'neither', because: onDemand });
  }
  for (const [path, route] of Object.entries(routes)) {
    // What a route handler answers is no page.
    if (route.dataRoute === null) continue;
    pages.set(path, { path, ...judge(route) });
  }
  return Object.freeze([...pages.values()].sort((one, other) => (one.path < other.path ? -1 : 1)));
}

const perRequest = 'It is rendered for each request.';
const onDemand =
  'It is rendered at its first request, and kept. Set `dynamicParams = false`, or make it dynamic with `await connection()`.';

function judge(route: Prerendered): Omit<NextPage, 'path'> {
  const seconds = route.initialRevalidateSeconds;
  if (isPartial(route)) {
    return {
      mode: 'neither',
      because: 'Its static part is cached without a nonce. Switch off `cacheComponents` or `ppr` for it.',
    };
  }
  if (typeof seconds === 'number') {
    return {
      mode: 'neither',
      because: `It is rendered again after ${seconds} s. Remove \`revalidate\`, or make it dynamic with \`await connection()\`.`,
    };
  }
  return { mode: 'hashes', because: 'The build rendered it, and nothing renders it again.' };
}

function isPartial({ response, renderingMode, experimentalPPR }: Prerendered): boolean {
  if (response !== undefined) return response !== 'complete';
  return experimentalPPR === true || renderingMode === 'PARTIALLY_STATIC';
}

async function readJson<T>(file: string, otherwise?: T): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (cause) {
    if (otherwise !== undefined) return otherwise;
    throw new Misuse('bulwark/invalid-option', `There is no ${file}. Run \`next build\` first.`, { cause });
  }
}
