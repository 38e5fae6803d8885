import type { Answer } from '../../../target/http/reply.ts';
import type { Site } from '../site.ts';

/** All answers of the site's own origin. */
export function allAnswers(site: Site): readonly Answer[] {
  const visits = site.pages.flatMap(({ first, second }) => [first, ...(second ? [second] : [])]);
  const probes = [...site.errors, ...site.paths, ...site.controls, ...site.cors, ...site.scripts];
  const answers = [
    ...visits.flatMap((visit) => visit.answers),
    ...probes.flatMap(({ reply }) => (reply.kind === 'answer' ? [reply] : [])),
  ];
  const origins = new Set([site.origin, ...site.pages.map(({ url }) => new URL(url).origin)]);
  return answers.filter(({ url }) =>
    [...origins].some((origin) => url.startsWith(`${origin}/`) || url === origin),
  );
}

/** How the site answered paths and queries that provoke an error, and paths that are not there. */
export function errorAnswers({ errors, controls }: Site): readonly Answer[] {
  return [...errors, ...controls].flatMap(({ reply }) => (reply.kind === 'answer' ? [reply] : []));
}
