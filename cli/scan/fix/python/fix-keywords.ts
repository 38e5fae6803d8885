import { type Edit, type Fixer, type Found, left, type Proposal } from '../fix.ts';
import { withArgument, withoutArgument } from './edit-arguments.ts';
import { importedModules } from './imports.ts';
import {
  argumentsOf,
  calledPath,
  childOf,
  nodeAt,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';

const notWritten = left('This form of the setting has no automatic fix.');

/**
 * Turns on the verification of certificates: removes a keyword argument that disables it, or assigns `True` to `verify`.
 */
export const fixVerify: Fixer<PythonFile> = {
  rules: ['tls/unverified'],
  propose(found, file): Proposal {
    const title = 'Check the certificate';
    const unsure =
      'A server with a self-signed certificate would be refused. Trust its authority with `verify`.';
    const assigned = assignmentOf(file, found, /\.verify$/);
    if (assigned) return { title, unsure, edits: [{ at: assigned.at, end: assigned.end, text: 'True' }] };
    const call = nodeAt(file, 'call', found.at, found.end);
    const keywords = call && argumentsOf(file, call)?.keywords;
    const off = ['verify', 'verify_ssl', 'ssl'].flatMap((name) => {
      const keyword = keywords?.get(name);
      return keyword && childOf(keyword, 'value')?.kind === 'false' ? [keyword] : [];
    });
    if (off.length !== 1) return notWritten;
    return { title, unsure, edits: off.map((keyword) => withoutArgument(file, keyword)) };
  },
};

/** Turns off debugging where a server is started with `debug=True`. */
export const fixDebug: Fixer<PythonFile> = {
  rules: ['config/debug'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'call', found.at, found.end);
    const value = childOf(call && argumentsOf(file, call)?.keywords.get('debug'), 'value');
    if (value?.kind !== 'true') return left('Where it is set, more may depend on it.');
    return { title: 'Run without the debugger', edits: [{ at: value.at, end: value.end, text: 'False' }] };
  },
};

const seconds = '10';

/** Adds a timeout of ten seconds to a request that has none. */
export const fixTimeout: Fixer<PythonFile> = {
  rules: ['request/no-timeout'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'call', found.at, found.end);
    const given = call && argumentsOf(file, call);
    const method = call && calledPath(file, call).split('.').at(-1);
    const isKnown = importedModules(file).some((module) => module === 'requests' || module === 'httpx');
    if (!given || !isKnown || !/^(?:get|post|put|patch|delete|head|options|request)$/.test(method ?? ''))
      return notWritten;
    const title = `Give the request a limit of ${seconds} seconds`;
    const unsure = 'How long the server may take is not known.';
    const timeout = childOf(given.keywords.get('timeout'), 'value');
    if (timeout?.kind === 'none')
      return { title, unsure, edits: [{ at: timeout.at, end: timeout.end, text: seconds }] };
    if (timeout) return notWritten;
    return { title, unsure, edits: [withArgument(file, given.list, `timeout=${seconds}`)] };
  },
};

/** Sets the flags of session cookies, in `set_cookie` and in the settings of frameworks. */
export const fixCookie: Fixer<PythonFile> = {
  rules: ['cookie/flags'],
  propose(found, file): Proposal {
    const title = "Set the cookie's flags";
    const unsure =
      'Over plain HTTP a browser does not send a `Secure` cookie back, and scripts cannot read an `HttpOnly` one.';
    const value =
      assignmentOf(file, found, /_COOKIE_\w+["']?\]?$/) ?? nodeAt(file, 'false', found.at, found.end);
    if (value) return { title, unsure, edits: [{ at: value.at, end: value.end, text: 'True' }] };
    const call = nodeAt(file, 'call', found.at, found.end);
    const given = call && argumentsOf(file, call);
    // After the name, the value and the age, the positions differ between frameworks.
    if (!given || given.positional.length > 3 || !/\.set_cookie$/.test(calledPath(file, call)))
      return notWritten;
    const missing: string[] = [];
    const edits: Edit[] = [];
    for (const [word, name] of [
      ['HttpOnly', 'httponly'],
      ['Secure', 'secure'],
    ] as const) {
      if (!found.finding.message.includes(word)) continue;
      const there = childOf(given.keywords.get(name), 'value');
      if (!there) missing.push(`${name}=True`);
      else if (there.kind === 'false') edits.push({ at: there.at, end: there.end, text: 'True' });
      else return notWritten;
    }
    if (missing.length > 0) edits.push(withArgument(file, given.list, missing.join(', ')));
    return edits.length > 0 ? { title, unsure, edits } : notWritten;
  },
};

/** The `False` of `name = False`. */
function assignmentOf(file: PythonFile, found: Found, name: RegExp): PythonNode | undefined {
  const assignment = nodeAt(file, 'assignment', found.at, found.end);
  const target = childOf(assignment, 'left');
  const value = childOf(assignment, 'right');
  return target && value?.kind === 'false' && name.test(source(file, target)) ? value : undefined;
}
