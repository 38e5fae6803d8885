import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { isElsewhere } from '../production-file.ts';
import { blocksMetadata, setsOf } from './metadata-rules.ts';

export interface OutputRules {
  readonly path: string;
  /** `closed`: what no rule allows is dropped. `open`: nothing is. */
  readonly state: 'closed' | 'open' | 'unknown';
  readonly evidence: readonly Evidence[];
  /** A rule that drops or rejects the metadata address, or the closed policy without a rule that allows it. */
  readonly metadata: 'blocked' | 'unknown';
}

const files =
  /(^|\/)(nftables[^/]*|[^/]+\.nft|rules\.v[46]|ip6?tables[^/]*|before\.rules|[^/]*firewall[^/]*\.(sh|nft|rules))$/i;

const maxLength = 200_000;

/** What firewall rules of the project leave of outbound traffic: nftables, iptables-save, and scripts that call iptables or ufw. */
export function outputRules(subject: Subject): readonly OutputRules[] {
  return subject.paths
    .filter(
      (path) =>
        files.test(path) && !isElsewhere(path) && !/\.(md|ts|js|py|go|c|h|html|ya?ml|json)$/.test(path),
    )
    .slice(0, 100)
    .flatMap((path) => {
      const text = subject.read(path);
      if (text === undefined || text.length > maxLength) return [];
      return [...nftables(path, text), ...iptables(path, text), ...ufw(path, text)];
    });
}

function nftables(path: string, text: string): readonly OutputRules[] {
  const found: OutputRules[] = [];
  const bare = text.replace(/#.*$/gm, '');
  const tables = [...bare.matchAll(/\btable\s+(inet|ip6?)\b/g)];
  let [line, counted, table] = [1, 0, 'inet'];
  for (const chain of bare.matchAll(/\bchain\s+[\w-]+\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g)) {
    const [, body = ''] = chain;
    if (!/\btype\s+filter\s+hook\s+output\b/.test(body)) continue;
    line += bare.slice(counted, chain.index).split('\n').length - 1;
    counted = chain.index;
    while ((tables[0]?.index ?? counted) < counted) table = tables.shift()?.[1] ?? table;
    const policy = /\bpolicy\s+(drop|accept)\b/.exec(body)?.[1] ?? 'accept';
    const rules = body
      .split(/[\n;]/)
      .map((rule) => rule.trim())
      .filter((rule) => rule !== '' && !/^(type|policy)\b/.test(rule));
    const acceptsAll = rules.some((rule) => /^(counter\s+)?(packets \d+ bytes \d+ )?accept$/.test(rule));
    const dropsAll = /^(counter\s+)?(log\b.*)?(drop|reject)( with [\w -]+)?$/.test(rules.at(-1) ?? '');
    const isClosed = !acceptsAll && (policy === 'drop' || dropsAll);
    const hasDrops = rules.some((rule) => /\b(drop|reject)\b/.test(rule));
    const state = isClosed ? (table === 'ip' ? 'unknown' : 'closed') : hasDrops ? 'unknown' : 'open';
    const shown = { text: `hook output; policy ${policy};`, path, line };
    found.push({ path, state, evidence: [shown], metadata: blocksMetadata(rules, isClosed, setsOf(bare)) });
  }
  return found;
}

/** `iptables-save` (`:OUTPUT DROP`) and scripts (`iptables -P OUTPUT DROP`). */
function iptables(path: string, text: string): readonly OutputRules[] {
  const lines = text.split('\n', 20_000).map((line) => line.replace(/\s#.*$|^#.*$/, ''));
  const at = lines.findLastIndex((line) =>
    /^:OUTPUT (DROP|ACCEPT)|\biptables\b.*(-P|--policy) OUTPUT (DROP|ACCEPT)/.test(line),
  );
  if (at < 0) return [];
  const policy = /OUTPUT (DROP|ACCEPT)/.exec(lines[at] ?? '')?.[1];
  const rules = lines.filter((line) => /(-A|--append|-I|--insert) OUTPUT\b/.test(line));
  const acceptsAll = rules.some((rule) => /OUTPUT( \d+)? -j ACCEPT\s*$/.test(rule));
  const dropsAll = /OUTPUT -j (DROP|REJECT)/.test(rules.at(-1) ?? '');
  const isClosed = !acceptsAll && (policy === 'DROP' || dropsAll);
  const hasDrops = rules.some((rule) => /-j (DROP|REJECT)/.test(rule));
  const evidence = [{ text: (lines[at] ?? '').trim().slice(0, 200), path, line: at + 1 }];
  return [
    {
      path,
      state: isClosed ? 'closed' : hasDrops ? 'unknown' : 'open',
      evidence,
      metadata: blocksMetadata(rules, isClosed),
    },
  ];
}

function ufw(path: string, text: string): readonly OutputRules[] {
  const lines = text.split('\n', 20_000);
  const at = lines.findLastIndex((line) => /^\s*(sudo )?ufw default (deny|reject|allow) outgoing/.test(line));
  if (at < 0) return [];
  const isClosed = !/ allow /.test(lines[at] ?? '');
  return [
    {
      path,
      state: isClosed ? 'closed' : 'open',
      evidence: [{ text: (lines[at] ?? '').trim(), path, line: at + 1 }],
      metadata: isClosed ? 'blocked' : 'unknown',
    },
  ];
}
