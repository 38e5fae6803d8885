export interface Ceiling {
  /** Minified bytes of our own code, beyond those of the root, which every path shares. */
  readonly bytes: number;
  /** Files that Node opens on a cold import. */
  readonly modules: number;
  /** The libraries and Node's modules that may be imported. No others. */
  readonly libraries: readonly string[];
  readonly because: string;
}

const request = ['node:async_hooks', 'node:crypto', 'node:net'];
/** HKDF, HMAC and SHA-256 that run without Node. */
const hashes = ['@noble/hashes/hkdf.js', '@noble/hashes/hmac.js', '@noble/hashes/sha2.js'];

/** What files are opened and sent with. */
const files = [
  'node:fs',
  'node:fs/promises',
  'node:path',
  'node:stream',
  'node:stream/promises',
  'node:timers/promises',
];

/** What each import path may cost. About a third above what it does cost, so that growth is a decision. */
export const ceilings: Readonly<Record<string, Ceiling>> = {
  '.': {
    ...{ bytes: 80_000, modules: 48, libraries: [] },
    because:
      'two error classes, and a sentence or two for each code there is; it runs in browsers and workers too',
  },
  refusal: { bytes: 500, modules: 37, libraries: [], because: 'the root, with the catalogue by name' },
  request: {
    ...{ bytes: 16_500, modules: 69, libraries: request },
    because:
      'a context, the reading of forwarded headers and of origins with what their options may be, and the strings and words of ' +
      'a request',
  },
  cors: {
    ...{ bytes: 8_200, modules: 45, libraries: [] },
    because: 'lists of origins, methods and headers, each checked; no event is written, so it runs anywhere',
  },
  command: {
    ...{ bytes: 150_000, modules: 215 },
    libraries: [
      ...[
        ...request,
        'node:child_process',
        'node:fs',
        'node:fs/promises',
        'node:os',
        'node:path',
        'node:stream',
      ],
      ...['node:stream/promises', 'node:timers/promises', 'node:url'],
    ],
    because:
      'tables of what a dozen programs read in which place, the walking of paths, and what starts and stops processes; a refusal ' +
      'is an event, which brings the redaction of event',
  },
  redirect: {
    ...{ bytes: 62_000, modules: 103, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'a URL parser there is; a refused target is an event, which brings the redaction of event',
  },
  limits: {
    ...{ bytes: 63_000, modules: 103, libraries: request },
    because:
      'counting of fields and connections; what it closes is an event, which brings the redaction of event',
  },
  path: {
    ...{ bytes: 75_000, modules: 135 },
    libraries: [
      ...['node:async_hooks', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'node:stream'],
      ...['node:stream/promises', 'node:timers/promises'],
    ],
    because:
      'a judge of names, a walk with handles, and answers with ranges; what it refuses is an event, which brings the redaction of event',
  },
  event: {
    ...{ bytes: 59_000, modules: 96, libraries: [...request, 'node:fs/promises', 'node:os'] },
    because:
      'redaction knows the shapes, carriers and commands that secrets stand in; sinks write to files, OTLP, syslog ' +
      'and webhooks, in the shapes of ECS and OCSF; node:dgram and node:tls are loaded where they are used',
  },
  csp: {
    ...{ bytes: 62_000, modules: 95, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'headers from a table, and an endpoint for reports, whose events bring the redaction of event',
  },
  parse: {
    ...{ bytes: 75_000, modules: 125, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'readers of JSON and of forms; a refusal is an event, which brings the redaction of event',
  },
  'parse/yaml': {
    ...{ bytes: 68_000, modules: 215, libraries: ['node:module', 'node:async_hooks', 'node:crypto', 'yaml'] },
    because: 'the conversion of its trees to plain data, and what event brings; yaml makes the trees',
  },
  'parse/csv': {
    ...{ bytes: 71_000, modules: 120, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'a reader and a writer of our own, and what event brings',
  },
  'parse/cbor': {
    ...{ bytes: 67_000, modules: 115, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'a reader of our own, and what event brings',
  },
  'parse/msgpack': {
    ...{ bytes: 67_000, modules: 115, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'a reader of our own, and what event brings',
  },
  'parse/expression': {
    ...{ bytes: 71_000, modules: 118, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'a parser and an interpreter of a small language, and what event brings',
  },
  'parse/pattern': {
    ...{
      bytes: 62_000,
      modules: 113,
      libraries: ['node:module', 'node:async_hooks', 'node:crypto', 're2js'],
    },
    because: 'limits around re2js, which matches; and what event brings',
  },
  'parse/xml': {
    ...{
      bytes: 66_000,
      modules: 125,
      libraries: ['node:module', 'node:async_hooks', 'node:crypto', 'saxes'],
    },
    because: 'a tree, an object of it, and what event brings; saxes reads the text',
  },
  'parse/xpath': {
    ...{ bytes: 73_000, modules: 116, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'a parser and an evaluator of XPath 1.0, and what event brings',
  },
  csrf: {
    ...{ bytes: 68_000, modules: 115 },
    libraries: [...request, '@noble/hashes/hkdf.js', '@noble/hashes/hmac.js', '@noble/hashes/sha2.js'],
    because:
      'two headers are read, and tokens signed; a refusal is an event, which brings the redaction of event',
  },
  headers: {
    ...{ bytes: 7_600, modules: 46, libraries: [] },
    because:
      'a dozen headers from a table, the values that each takes, four builders, and the features there are',
  },
  dom: {
    ...{ bytes: 12_500, modules: 38, libraries: [] },
    because:
      'for browsers: setters, the list of an article, a walk, and a policy; without the catalogue of codes',
  },
  express: {
    ...{ bytes: 185_000, modules: 290, libraries: [...request, ...hashes, ...files, 'node:http'] },
    because: 'what node does, translated',
  },
  fastify: {
    ...{ bytes: 190_000, modules: 305, libraries: [...request, ...hashes, ...files, 'node:http'] },
    because: 'what node does, translated',
  },
  koa: {
    ...{ bytes: 190_000, modules: 305, libraries: [...request, ...hashes, ...files, 'node:http'] },
    because: 'what node does, translated',
  },
  next: {
    ...{ bytes: 165_000, modules: 260, libraries: ['node:async_hooks', ...hashes] },
    because: 'what web does, for handlers, actions and pages',
  },
  'next/config': {
    ...{ bytes: 8_800, modules: 56, libraries: ['node:fs/promises', 'node:path'] },
    because: 'a change to a record, and the reading of a build',
  },
  'next/proxy': {
    ...{ bytes: 22_800, modules: 80, libraries: hashes },
    because: 'headers and a policy; it runs before every page, and in edge runtimes',
  },
  'next/server': {
    ...{ bytes: 168_000, modules: 275 },
    libraries: [...['node:async_hooks', 'node:fs/promises', 'node:path'], ...hashes],
    because: 'what node does before a handler, and the hashes of a build',
  },
  nest: {
    ...{ bytes: 235_000, modules: 380, libraries: [...request, ...hashes, ...files, 'node:http'] },
    because:
      'what express and fastify do, translated for both platforms of Nest, whose own packages it loads with the application',
  },
  node: {
    ...{ bytes: 185_000, modules: 290, libraries: [...request, ...hashes, ...files, 'node:http'] },
    because:
      'csp with its reports, cors, csrf with its tokens, headers, request and errors, on a response of Node; stores of ' +
      'sessions and limits are passed in',
  },
  web: {
    ...{ bytes: 131_000, modules: 205, libraries: ['node:async_hooks', ...hashes] },
    because: 'the same on a web Response',
  },
  hono: {
    ...{ bytes: 170_000, modules: 260, libraries: ['node:async_hooks', ...hashes] },
    because: 'what node and web do, translated; it runs in workers, so nothing else of Node is imported',
  },
  'hono/node': {
    ...{ bytes: 110_000, modules: 190, libraries: ['node:async_hooks', ...hashes, ...files] },
    because: 'the sending of files',
  },
  errors: {
    ...{ bytes: 4_200, modules: 52, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'the titles of statuses, and what an error may tell a client',
  },
  fetch: {
    ...{ bytes: 93_000, modules: 288 },
    libraries: [...request, 'node:dns', 'node:http', 'node:https', 'node:stream', 'node:zlib', 'undici'],
    because:
      'undici is 120 files: the only client whose connections can be pinned on every Node we support; agents and a ' +
      'dispatcher for the others, the tables of ranges and of metadata services, a transport that counts what it reads',
  },
  'fetch/gateway': {
    ...{ bytes: 148_000, modules: 146 },
    libraries: [
      ...[...request, 'node:dns', 'node:fs', 'node:http', 'node:https', 'node:os', 'node:path', 'node:tls'],
    ],
    because: 'a proxy server with its configuration, log and metrics; what fetch decides, without undici',
  },
  'fetch/preload': {
    ...{ bytes: 84_000, modules: 116 },
    libraries: [
      ...[...request, 'node:child_process', 'node:dns', 'node:fs', 'node:module', 'node:path', 'node:url'],
      'node:worker_threads',
    ],
    because: 'what fetch decides, without undici: it loads before every process of an application',
  },
  secrets: {
    ...{ bytes: 76_000, modules: 110 },
    libraries: [...request, '@noble/hashes/hkdf.js', '@noble/hashes/sha2.js'],
    because: 'HKDF without node:crypto, what is known of guessable secrets, and events with their redaction',
  },
  'html/preact': {
    ...{ bytes: 20_000, modules: 30, libraries: ['preact'] },
    because:
      'the checks of properties, which run in browsers: no catalogue of codes, no template, no node: module',
  },
  'html/preact/jsx-dev-runtime': {
    ...{ bytes: 18_000, modules: 30, libraries: ['preact', 'preact/jsx-dev-runtime'] },
    because: 'the checks of properties, as above',
  },
  'html/preact/jsx-runtime': {
    ...{ bytes: 18_000, modules: 30, libraries: ['preact', 'preact/jsx-runtime'] },
    because: 'the checks of properties, as above',
  },
  'html/react': {
    ...{ bytes: 20_000, modules: 30, libraries: ['react'] },
    because: 'the same as html/preact',
  },
  'html/react/jsx-dev-runtime': {
    ...{ bytes: 18_000, modules: 30, libraries: ['react/jsx-dev-runtime'] },
    because: 'the same as html/preact',
  },
  'html/react/jsx-runtime': {
    ...{ bytes: 18_000, modules: 30, libraries: ['react/jsx-runtime'] },
    because: 'the same as html/preact',
  },
  html: {
    ...{ bytes: 155_000, modules: 203, libraries: [...request, 'parse5'] },
    because:
      'a parser of templates with the tables of elements, attributes and styles, and what each kind of hole makes of a ' +
      'value; parse5 reads untrusted markup',
  },
  password: {
    ...{ bytes: 170_000, modules: 150 },
    libraries: [...request, '@noble/hashes/hkdf.js', '@noble/hashes/sha2.js', 'node:os'],
    because:
      '70,000 bytes are the words of common passwords; readers of seven formats of hashes, a queue, and events with ' +
      'their redaction; the keyring knows guessable secrets',
  },
  'rate-limit': {
    ...{ bytes: 80_000, modules: 135 },
    libraries: [...[...request, '@noble/hashes/hkdf.js', '@noble/hashes/hmac.js', '@noble/hashes/sha2.js']],
    because:
      'rules, budgets, device cookies and a bounded store of 14 KB; the rest is the redaction of event',
  },
  'rate-limit/pg': {
    bytes: 4_700,
    modules: 46,
    libraries: [],
    because: "four statements; the pool is the user's",
  },
  'rate-limit/redis': {
    ...{ bytes: 2_000, modules: 40, libraries: ['node:crypto'] },
    because: "three scripts and their hashes; the client is the user's",
  },
  sql: {
    ...{ bytes: 100_000, modules: 140, libraries: [...request, 'node:util'] },
    because:
      'a lexer of SQL, with what it says when a hole stands where none may; tables, pages and paths into JSON',
  },
  'sql/better-sqlite3': {
    ...{
      bytes: 94_000,
      modules: 132,
      libraries: ['node:async_hooks', 'node:crypto', 'node:timers/promises'],
    },
    because: "sql without its tag, transactions and streams; the driver is the user's",
  },
  'sql/node-sqlite': {
    ...{
      bytes: 94_000,
      modules: 132,
      libraries: ['node:async_hooks', 'node:crypto', 'node:timers/promises'],
    },
    because: 'the same as sql/better-sqlite3',
  },
  'sql/mysql2': {
    ...{ bytes: 158_000, modules: 166, libraries: [...request, 'node:timers/promises'] },
    because:
      'the same as sql/pg with its guard, the tokeniser of the tag, which finds what a number is compared with, and the watch on transactions',
  },
  'sql/pg': {
    ...{
      bytes: 122_000,
      modules: 162,
      libraries: [...request, 'node:net', 'node:timers/promises', 'node:tls'],
    },
    because:
      "sql without its tag, transactions and streams, its own cancellations, and the query object by which a statement submits itself; the driver is the user's",
  },
  'sql/pglite': {
    ...{
      bytes: 87_000,
      modules: 125,
      libraries: ['node:async_hooks', 'node:crypto', 'node:timers/promises'],
    },
    because: 'the same as sql/pg, without cancellations',
  },
  'sql/postgres': {
    ...{ bytes: 118_000, modules: 160, libraries: [...request, 'node:timers/promises'] },
    because: "sql without its tag, transactions and streams; the driver is the user's",
  },
  'sql/drizzle': {
    ...{ bytes: 97_000, modules: 136, libraries: ['node:async_hooks', 'node:crypto', 'node:util'] },
    because: 'sql without its tag, the tables of its helpers, and the tokens that the guard reads',
  },
  'sql/kysely': {
    ...{ bytes: 97_000, modules: 136, libraries: ['node:async_hooks', 'node:crypto', 'node:util'] },
    because: 'the same as sql/drizzle',
  },
  'sql/knex': {
    ...{ bytes: 94_000, modules: 135, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'sql without its tag, and the tokens that the guard reads',
  },
  'sql/prisma': {
    ...{ bytes: 70_000, modules: 110, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'sql without its tag, and the tokeniser, which finds what a number is compared with on MySQL',
  },
  'sql/sequelize': {
    ...{ bytes: 71_000, modules: 112, libraries: ['node:async_hooks', 'node:crypto'] },
    because: 'the same as sql/prisma, and it finds the placeholders to write',
  },
  'sql/typeorm': {
    ...{ bytes: 68_000, modules: 110, libraries: ['node:async_hooks', 'node:crypto'] },
    because: "sql without its tag; the client is the user's",
  },
  'sql/connection': {
    ...{ bytes: 10_000, modules: 42, libraries: ['node:fs', 'node:net', 'node:util'] },
    because: 'a reader of URLs and of secret files, and options for three clients',
  },
  'unsafe/html': {
    ...{ bytes: 5_500, modules: 53, libraries: [] },
    because: 'five functions, the types that they make, and the check for unknown options',
  },
  'unsafe/sql': {
    bytes: 18_000,
    modules: 54,
    libraries: [],
    because:
      'one function, the type that it makes, and the reader of templates in three dialects with the places of lists',
  },
  session: {
    ...{
      bytes: 83_000,
      modules: 123,
      libraries: ['@noble/hashes/sha2.js', 'node:async_hooks', 'node:crypto'],
    },
    because: 'a handle, a store in memory, and events with their redaction; SHA-256 without node:crypto',
  },
  'session/redis': {
    ...{ bytes: 16_000, modules: 50, libraries: ['@noble/hashes/legacy.js', '@noble/hashes/utils.js'] },
    because: "scripts in Lua, which Redis knows by their SHA-1; the client is the user's",
  },
  'session/pg': {
    ...{ bytes: 9_500, modules: 50, libraries: [] },
    because: "the statements; the client is the user's",
  },
  'session/sqlite': {
    ...{ bytes: 8_200, modules: 47, libraries: [] },
    because: "the statements; the connection is the user's",
  },
  'session/legacy': {
    ...{ bytes: 74_000, modules: 130, libraries: [...request, '@noble/hashes/sha2.js'] },
    because: 'the cookies of three libraries, and what event and a keyring bring',
  },
  'session/sealed': {
    ...{ bytes: 82_000, modules: 142 },
    libraries: [...request, '@noble/hashes/hkdf.js', '@noble/hashes/sha2.js'],
    because: 'WebCrypto does the sealing; the rest is data, time, epochs, and what event brings',
  },
  testing: {
    ...{ bytes: 264_000, modules: 240 },
    libraries: [
      ...request,
      ...['node:assert', 'node:dgram', 'node:dns', 'node:module', 'node:util', 'parse5'],
    ],
    because:
      'corpora are data, and stay out of production; oracles read statements, markup and answers as the guards and browsers do, and watch sockets',
  },
  upload: {
    ...{
      bytes: 102_000,
      modules: 260,
      libraries: [...request, ...files, 'node:buffer'],
    },
    because:
      'the reader of forms, two tables of types, and events with their redaction; the splitter and the signatures are ' +
      'libraries, loaded by the first request',
  },
  'upload/archive': {
    ...{ bytes: 85_000, modules: 140 },
    libraries: [
      ...[
        ...request,
        'node:child_process',
        'node:fs',
        'node:fs/promises',
        'node:os',
        'node:path',
        'node:stream',
      ],
      'node:url',
    ],
    because:
      'a queue, a process with limits, and folders that are held open; the readers of archives load in that process; events with their redaction',
  },
  'upload/clamd': {
    ...{ bytes: 70_000, modules: 122 },
    libraries: [...request, 'node:fs', 'node:fs/promises', 'node:path', 'node:timers/promises'],
    because:
      'a protocol of two messages, and the walk to the file, whose refusals are events with their redaction',
  },
  'upload/disk': {
    ...{ bytes: 80_000, modules: 133 },
    libraries: [...request, 'node:fs', 'node:fs/promises', 'node:path', 'node:stream'],
    because:
      'names that are durable, a sweep that knows living processes from dead ones, and events with their redaction',
  },
  'upload/s3': {
    ...{ bytes: 90_000, modules: 153 },
    libraries: [
      ...[...request, 'node:fs', 'node:fs/promises', 'node:path', 'node:stream'],
      ...['node:timers/promises', '@noble/hashes/sha2.js'],
    ],
    because:
      'the spool of upload/disk, a client of five requests, and events; aws4fetch signs, and is loaded by the first',
  },
  'upload/image': {
    ...{ bytes: 79_000, modules: 134 },
    libraries: [
      ...[
        ...request,
        'node:child_process',
        'node:fs',
        'node:fs/promises',
        'node:module',
        'node:path',
        'node:stream',
      ],
      'node:url',
    ],
    because: 'the same as upload/archive; sharp loads in the process that decodes',
  },
};
