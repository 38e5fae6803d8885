import type { Call } from '../../ir/ir.ts';
import { entryOf } from '../../rule/entry-of.ts';
import { sensitiveName } from '../../rule/sensitive-name.ts';
import { calleeName, known, option, type Use } from '../../rule/use.ts';
import { isNear } from './near.ts';
import { textAt, textOf } from './text-of.ts';

/** What is asked for over plain HTTP. */
export interface Plain {
  readonly what: 'program' | 'package' | 'archive' | 'data' | 'credentials';
}

const requesting: RegExp =
  /^(get|post|put|patch|delete|fetch|request|stream|axios|got|needle|urlopen|urlretrieve|getScript|importScripts|download\w*|\w*[dD]ownload|wget|retrieve|Request|_?fetch\w*)$/;

/** Programs and archives by `http://`, or credentials that are sent there. */
export function plainRequest(use: Use, call: Call): Plain | undefined {
  const name = calleeName(use, call);
  if (!requesting.test(name)) return undefined;
  for (const value of call.args.slice(0, 2)) {
    const url = urlOf(use, value);
    if (url === undefined || !/^http:\/\//i.test(url) || isNear(url)) continue;
    // Nothing is known of the host.
    if (/^http:\/\/\0/.test(url) && !/\.(exe|msi|sh|dmg)$/i.test(url)) continue;
    const kind = kindOf(url);
    if (kind) return { what: kind };
    if (/^(getScript|importScripts)$/.test(name)) return { what: 'program' };
    if (isSigned(use, call) || /^http:\/\/[^/@\s:]+:[^/@\s]+@/.test(url)) return { what: 'credentials' };
  }
  return undefined;
}

function urlOf(use: Use, value: number): string | undefined {
  return (
    textOf(use, value) ?? textAt(use, entryOf(use.frame.linked, { func: use.frame.id, value }, 'url', 'uri'))
  );
}

const programs =
  /\.(exe|msi|msix|dmg|pkg|deb|rpm|sh|bash|ps1|bat|cmd|jar|war|apk|ipa|whl|dll|so|dylib|run|appimage|vsix|crx|bin|iso|img|py|pyz|rb|pl|vbs|scr|com|gem|nupkg|wasm)$/i;
/** They are signed by who made them, and their names say whose mirror it is: `http://archive.ubuntu.com/ubuntu/pool/a.deb`. */
const packages = /\.(deb|rpm|apk|iso|img)$/i;
const distributions =
  /^http:\/\/[^?#]*\b(ubuntu|debian|fedora(project)?|centos|epel|rockylinux|almalinux|archlinux|alpine(linux)?|opensuse|kali|raspbian)\b/i;
const archives = /\.(zip|tar|tgz|tar\.(gz|bz2|xz|zst)|7z|rar)$/i;

function kindOf(url: string): Plain['what'] | undefined {
  const path = url.replace(/^http:\/\/[^/]*/i, '').split(/[?#]/, 1)[0] ?? '';
  if (programs.test(path)) return packages.test(path) && distributions.test(url) ? 'package' : 'program';
  if (!archives.test(path)) return undefined;
  return /data|corpus|corpora|images?|photos|mnist|cifar|glove|word2?vec|train|annotations|models?\b|fonts?\b|csv|gtfs|geo/i.test(
    path,
  )
    ? 'data'
    : 'archive';
}

/** `{ user, password }` as what is sent: the second argument, or `data`, `json`. */
function sendsSecret(use: Use, call: Call): boolean {
  const sent = call.args.filter((_, i) => {
    const name = call.names?.[i];
    return name ? /^(data|json|params)$/.test(name) : i === 1 || i === 2;
  });
  return sent.some((value) =>
    [...(known(use, value)?.fields?.keys() ?? [])].some((key) => {
      const it = sensitiveName(key);
      return it !== undefined && it.sure !== 'weak' && /^(password|secret|key)$/.test(it.kind);
    }),
  );
}

function isSigned(use: Use, call: Call): boolean {
  if (sendsSecret(use, call)) return true;
  const auth = call.names?.indexOf('auth') ?? -1;
  if (auth >= 0) return known(use, call.args[auth] ?? -1)?.consts === undefined;
  return call.args.slice(0, 3).some((value) => {
    const it = known(use, value);
    const headers =
      option(it, 'headers') ?? (call.names?.[call.args.indexOf(value)] === 'headers' ? it : undefined);
    return (
      option(headers, 'Authorization') !== undefined ||
      option(headers, 'authorization') !== undefined ||
      (use.language === 'javascript' && option(it, 'auth')?.fields !== undefined)
    );
  });
}

/** `curl http://host/install.sh | sh` */
export function pipesToShell(text: string): boolean {
  const pieces = text.replaceAll('\\\n', ' ').split('|');
  return pieces.some((piece, i) => isShell(pieces[i + 1]) && loadsPlain(piece));
}

function isShell(piece: string | undefined): boolean {
  return piece !== undefined && /^\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/.test(piece);
}

/** Whether the last command of a line loads something by `http://`. */
function loadsPlain(line: string): boolean {
  const command = line.split(/;|&&|&\s|\n/).at(-1) ?? '';
  const tool = command.search(/\b(?:curl|wget)\b/);
  if (tool < 0) return false;
  const urls = command.slice(tool).match(/\bhttp:\/\/[^\s'"]+/g) ?? [];
  return urls.some((url) => !isNear(url));
}
