/** The name of a format, such as `json` or `yaml`. */
type Format = { readonly format: string };

export interface ParseDetail {
  'parse/invalid-syntax': Format & {
    readonly reason: string;
    readonly line?: number;
    readonly column?: number;
    /** Of a binary format, in bytes. */
    readonly offset?: number;
  };
  'parse/invalid-text': Format & { readonly reason: string };
  'parse/invalid-number': Format & {
    readonly reason: string;
    readonly line?: number;
    readonly column?: number;
    /** Of a binary format, in bytes. */
    readonly offset?: number;
  };
  'parse/invalid-data': Format & { readonly issues: string; readonly count: number };
  'parse/duplicate-key': Format & { readonly key: string; readonly line?: number; readonly column?: number };
  'parse/dangerous-key': Format & { readonly key: string };
  'parse/not-allowed': Format & { readonly what: string; readonly line?: number; readonly column?: number };
  'parse/too-large': Format & { readonly maxBytes: number };
  'parse/too-deep': Format & { readonly maxDepth: number };
  'parse/too-many': Format & { readonly what: string; readonly most: number };
  'parse/too-long': Format & { readonly what: string; readonly most: number };
}

export const parseCodes = {
  /**
   * The input is not valid in its format. `line` and `column` say where, `reason` says what was expected; neither quotes the input. A parser
   * that repairs invalid input may read it differently from the next program (CWE-436).
   *
   * ```text
   * { name: 'Ada' }      JSON requires double quotes around names and strings
   * "a","b"c             CSV requires a separator after a closing quote
   * ```
   */
  'parse/invalid-syntax': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'Input was refused, because it is not valid in its format.',
    hint: 'The client must correct its input. `detail` says where the problem is.',
  },
  /**
   * The input is not well-formed text: it has bytes that are not UTF-8, half a surrogate pair, a percent sign without two hex digits, or a NUL.
   * Some programs replace or drop such characters. Two different names then become one, or a check sees another value than the database
   * (CWE-176).
   *
   * ```text
   * { "name": "\ud800" }      half a surrogate pair
   * name=%C0%AF               an overlong encoding of /
   * name=100%                 %25 is a percent sign
   * ```
   */
  'parse/invalid-text': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 176,
    owasp: 'A05:2025',
    message: 'Input was refused, because it is not well-formed text.',
    hint: 'The client must send UTF-8. If the source uses another encoding, convert its bytes first.',
  },
  /**
   * A number can't be represented exactly: it overflows to infinity, it is an integer beyond 2^53 - 1 and `bigints` is `'refuse'`, or it has
   * more digits than `maxIntegerDigits`. If it were rounded silently, two different ids would become one (CWE-681).
   *
   * ```text
   * { "id": 9007199254740993 }      JSON.parse returns 9007199254740992
   * { "price": 1e400 }              JSON.parse returns Infinity
   * ```
   */
  'parse/invalid-number': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 681,
    owasp: 'A05:2025',
    message: 'Input was refused, because it contains a number that cannot be represented exactly.',
    hint: "Send large integers as strings, or allow them with `bigints: 'keep'`.",
  },
  /**
   * The input was parsed, but its schema refused it. `issues` has the path of each problem and what was expected there, but no values.
   * `dataIssues(error)` returns the problems as a list that you may send to the client.
   *
   * ```ts
   * import { dataIssues, parseJson } from 'bulwark/parse';
   * import { z } from 'zod';
   *
   * try {
   *   parseJson('{ "age": "40" }', { schema: z.object({ age: z.number() }) });
   * } catch (error) {
   *   dataIssues(error); // [{ path: ['age'], problem: 'expected number' }]
   * }
   * ```
   */
  'parse/invalid-data': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 20,
    owasp: 'A05:2025',
    message: 'Input was refused, because it does not match its schema.',
    hint: 'The client must correct its input. `detail` has the paths, and `dataIssues(error)` lists the problems for your response.',
  },
  /**
   * A name occurs twice in one object, mapping, query string or header line. Parsers disagree about which of the two counts, so a check may read
   * one value and the application the other (CWE-436, HTTP parameter pollution). RFC 7493 forbids duplicates in JSON.
   *
   * ```text
   * { "role": "user", "r\u006fle": "admin" }
   * /transfer?to=ada&to=mallory
   * ```
   */
  'parse/duplicate-key': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 436,
    owasp: 'A05:2025',
    message: 'Input was refused, because a name occurs twice where it must be unique.',
    hint: 'If a form field may occur several times, name it in `lists`. Otherwise the client must send it once.',
  },
  /**
   * A name is `__proto__`, or `constructor` with `prototype` below it. Code that copies or merges such an object changes the prototype
   * of every object (prototype pollution, CWE-1321; CVE-2019-10744, CVE-2022-24999).
   *
   * ```text
   * { "__proto__": { "isAdmin": true } }
   * { "constructor": { "prototype": { "isAdmin": true } } }
   * /search?filter[__proto__][isAdmin]=true
   * ```
   */
  'parse/dangerous-key': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 1321,
    owasp: 'A05:2025',
    message: 'Input was refused, because it contains a name that can change the prototype of objects.',
    hint: 'No legitimate client sends such a name. Find out who sent it.',
  },
  /**
   * The input uses a feature of its format that bulwark refuses, because the feature runs code, reads files, multiplies the input, or is read
   * differently by other programs. `what` names the feature.
   *
   * ```text
   * !!js/function 'function () { return 1 }'      a YAML tag
   * <!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>
   * ```
   */
  'parse/not-allowed': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 502,
    owasp: 'A08:2025',
    message: 'Input was refused, because it uses a feature of its format that is not allowed.',
    hint: 'Use a plainer form of the format. The page of the parser lists what is refused, and which option allows it.',
  },
  /**
   * The input has more bytes than `maxBytes`. It is refused before it is parsed (CWE-770).
   *
   * ```ts
   * import { parseJson } from 'bulwark/parse';
   *
   * parseJson('[1, 2, 3]', { maxBytes: 5_000_000 }); // 1,000,000 by default
   * ```
   */
  'parse/too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'Input was refused, because it is larger than the limit.',
    hint: 'If the input is legitimate, raise `maxBytes` for this call.',
  },
  /**
   * The input is nested deeper than `maxDepth`. Recursive code that walks through it would overflow the stack (CWE-674).
   *
   * ```ts
   * import { parseJson } from 'bulwark/parse';
   *
   * parseJson('[[[1]]]', { maxDepth: 3 }); // 64 by default
   * ```
   */
  'parse/too-deep': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 674,
    owasp: 'A06:2025',
    message: 'Input was refused, because it is nested deeper than the limit.',
    hint: 'If the input is legitimate, raise `maxDepth` for this call.',
  },
  /**
   * The input has more parts of one kind than the limit: keys, list items, parameters, rows or columns. `what` names the kind. Repeated
   * references count each time they are used, so a "billion laughs" document is refused (CWE-776).
   *
   * ```ts
   * import { parseJson } from 'bulwark/parse';
   *
   * parseJson('[1, 2, 3]', { maxItems: 1_000_000 }); // 100,000 by default
   * ```
   */
  'parse/too-many': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'Input was refused, because it has more parts than the limit.',
    hint: 'If the input is legitimate, raise the limit for this call. `detail` says which.',
  },
  /**
   * One part of the input is longer than its limit, such as a CSV field or a string. `what` names it (CWE-770).
   *
   * ```ts
   * import { parseCsv } from 'bulwark/parse/csv';
   *
   * parseCsv('id,note\n1,long text', { maxFieldLength: 1_000_000 }); // 100,000 by default
   * ```
   */
  'parse/too-long': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'Input was refused, because a part of it is longer than the limit.',
    hint: 'If the input is legitimate, raise the limit for this call. `detail` says which.',
  },
  /**
   * YAML, XML and users' patterns are read with a library that only they need, an optional peer dependency: `yaml`, `saxes` or `re2js`.
   *
   * ```sh
   * npm install yaml saxes re2js
   * ```
   */
  'parse/library-missing': {
    kind: 'misuse',
    message: 'A library that this format needs is not installed.',
    hint: 'Run `npm install` with its name.',
  },
} as const;
