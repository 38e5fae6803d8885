import { isOfNobody, type Load, shellLoads } from './shell-loads.ts';

/** Bounds the length of a command, which a backslash at the end of a line continues. */
const longest = 4000;

/** Returns what the commands in a `Dockerfile`, or in a pipeline's YAML file, load without TLS. */
export function commandLoads(text: string, isDockerfile: boolean): Load[] {
  // A cheap test: most files load nothing without TLS.
  if (!/(?:http|git):\/\/|--trusted-host/.test(text)) return [];
  const found: Load[] = [];
  for (const { line, at } of commandsOf(text)) {
    const own = isDockerfile ? addedFile(line) : undefined;
    for (const load of own ? [own] : shellLoads(line))
      found.push({ ...load, at: at + load.at, end: at + load.end });
  }
  return found;
}

function* commandsOf(text: string): Generator<{ readonly line: string; readonly at: number }> {
  let at = 0;
  while (at < text.length) {
    let end = endOf(text, at);
    while (
      end < text.length &&
      end - at < longest &&
      /\\[ \t\r]{0,20}$/.test(text.slice(Math.max(at, end - 22), end))
    )
      end = endOf(text, end + 1);
    // Comments between the lines of a command are blanked, so that offsets stay the same.
    const line = text
      .slice(at, Math.min(end, at + longest))
      .replace(/^[ \t]{0,80}#[^\n]{0,2000}$/gm, (comment) => ' '.repeat(comment.length))
      .replace(/\\[ \t\r]{0,20}\n/g, (broken) => ' '.repeat(broken.length));
    yield { line, at };
    at = end + 1;
  }
}

function endOf(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

const added = /^\s{0,20}ADD\s[^\n]{0,500}?(http:\/\/[^\s"',\]]{1,1000})/i;

/** `ADD http://host/tool.tar.gz /opt/`, which verifies nothing without a checksum. */
function addedFile(line: string): Load | undefined {
  const it = added.exec(line);
  if (!it || /--checksum=/.test(line) || isOfNobody(it[1] ?? '')) return undefined;
  const end = it.index + it[0].length;
  return { what: 'archive', at: end - (it[1] ?? '').length, end };
}
