import type { Evidence } from '../../check/outcome.ts';
import type { NginxContext, NginxView } from './nginx-view.ts';
import type { Directive } from './parse-nginx.ts';

/** A directive as evidence, without its block. */
export function shownDirective({ name, args, path, line, block }: Directive): Evidence {
  const text = [name, ...args].join(' ').slice(0, 200);
  return { text: block === undefined ? `${text};` : `${text} {`, path, line };
}

/** The innermost block of a context. */
export function shownContext({ chain }: NginxContext): Evidence {
  const [last] = chain.slice(-1);
  return last === undefined ? { text: 'nginx' } : shownDirective(last);
}

/** `location /static/ of server example.com` */
export function contextName({ chain }: NginxContext): string {
  const last = chain.at(-1);
  if (last?.name === 'server') return 'the server';
  return `\`${[last?.name ?? '', ...(last?.args ?? [])].join(' ').slice(0, 80)}\``;
}

export function gapEvidence({ gaps }: NginxView): readonly Evidence[] {
  return gaps.slice(0, 8);
}
