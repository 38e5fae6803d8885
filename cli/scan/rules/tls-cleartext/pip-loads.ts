import { isNear } from './near.ts';
import { isOfNobody, type Load } from './shell-loads.ts';

const longest = 2000;
/** The last group of each pattern is the URL or the host. */
const indexes =
  /^\s*(?:--(?:extra-)?index-url|-i|--find-links|-f)[\s=]\s*["']?(http:\/\/[^\s"']+)|^\s*["']?(?:(?:extra-)?index[-_]url|find[-_]links|index)["']?\s*=\s*\[?\s*["']?(http:\/\/[^\s"']+)/;
const trusted =
  /^\s*(?:--trusted-host[\s=]\s*|trusted-host\s*=\s*)["']?([\w.-]+)|\s--trusted-host[\s=]\s*["']?([\w.-]+)/;
const versioned = /(?:^|[\s"'@])((?:git|hg|svn|bzr)\+(?:http|git):\/\/[^\s"']+)/;
const archived =
  /(?:^\s*|[\w\]]\s*@\s*|\b(?:url|file)\s*=\s*["'])(http:\/\/[^\s"']+\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)[^\s"']*)/;
const repository = /\bgit\s*=\s*["']((?:http|git):\/\/[^\s"']+)/;
const sourceUrl = /^\s*url\s*=\s*["']?(http:\/\/[^\s"']+)/;
const sourceHeader = /^\s*\[\[?\s*(?:source|index|tool\.(?:poetry|pdm)\.source|tool\.uv\.index)\s*\]\]?\s*$/;

/**
 * Returns what a settings file for Python packages, such as `requirements.txt` or `pip.conf`, loads without TLS or without
 * verifying the certificate.
 */
export function pipLoads(text: string): Load[] {
  const found: Load[] = [];
  let isSource = false;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const line = text.slice(at, Math.min(end, at + longest));
    if (/^\s*\[/.test(line)) isSource = sourceHeader.test(line);
    const load = /^\s*[#;]/.test(line) ? undefined : ofLine(line, isSource);
    if (load) found.push({ ...load, at: at + load.at, end: at + load.end });
    at = end + 1;
  }
  return found;
}

function ofLine(line: string, isSource: boolean): Load | undefined {
  const index = groupOf(line, indexes) ?? (isSource ? groupOf(line, sourceUrl) : undefined);
  if (index && !isOfNobody(index.text)) return load('index', index);
  const host = groupOf(line, trusted);
  if (host && !isNear(host.text)) return load('trusted', host);
  const packed = groupOf(line, versioned) ?? groupOf(line, repository) ?? groupOf(line, archived);
  // A hash beside the URL reveals a change in transit.
  if (!packed || isOfNobody(packed.text) || /#sha\d+=|--hash=|\bhash\s*=/.test(line)) return undefined;
  return load('package', packed);
}

interface Group {
  readonly text: string;
  readonly at: number;
}

function groupOf(line: string, pattern: RegExp): Group | undefined {
  const it = pattern.exec(line);
  const text = it?.slice(1).find((one) => one !== undefined);
  return it && text !== undefined ? { text, at: it.index + it[0].lastIndexOf(text) } : undefined;
}

function load(what: Load['what'], { text, at }: Group): Load {
  return { what, at, end: at + text.length };
}
