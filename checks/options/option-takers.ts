import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fastify from 'fastify';
import knexFactory from 'knex';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import * as command from '../../lib/command/index.ts';
import { cors } from '../../lib/cors/index.ts';
import { csp, cspReportEndpoint } from '../../lib/csp/index.ts';
import { csrf } from '../../lib/csrf/index.ts';
import {
  configureEvents,
  createRecorder,
  jsonLinesSink,
  loggerSink,
  otlpSink,
  stderrSink,
  syslogSink,
  webhookSink,
} from '../../lib/event/index.ts';
import {
  bulwark,
  bulwarkErrors,
  form,
  json,
  routeCors,
  routeCsp,
  staticFiles,
} from '../../lib/express/index.ts';
import * as onFastify from '../../lib/fastify/index.ts';
import { startGateway } from '../../lib/fetch/gateway/index.ts';
import { createAgents, createDispatcher, createFetch } from '../../lib/fetch/index.ts';
import { strictTransportSecurity } from '../../lib/headers/index.ts';
import * as onHono from '../../lib/hono/index.ts';
import { staticFiles as honoFiles } from '../../lib/hono/node/index.ts';
import * as html from '../../lib/html/index.ts';
import * as onKoa from '../../lib/koa/index.ts';
import { limits, requestLimits } from '../../lib/limits/index.ts';
import * as onNest from '../../lib/nest/index.ts';
import { withBulwarkConfig } from '../../lib/next/config/index.ts';
import * as onNext from '../../lib/next/index.ts';
import { proxy as nextProxy } from '../../lib/next/proxy/index.ts';
import * as nextServer from '../../lib/next/server/index.ts';
import * as onNode from '../../lib/node/index.ts';
import { parseCbor } from '../../lib/parse/cbor/index.ts';
import { formatCsv, formatCsvStream, parseCsv, readCsv } from '../../lib/parse/csv/index.ts';
import { expression } from '../../lib/parse/expression/index.ts';
import { parseForm, parseJson, parseQuery } from '../../lib/parse/index.ts';
import { parseMsgpack } from '../../lib/parse/msgpack/index.ts';
import { safePattern } from '../../lib/parse/pattern/index.ts';
import { parseXml, parseXmlObject } from '../../lib/parse/xml/index.ts';
import { createXpath } from '../../lib/parse/xpath/index.ts';
import { parseYaml, parseYamlDocuments } from '../../lib/parse/yaml/index.ts';
import { passwords } from '../../lib/password/index.ts';
import * as path from '../../lib/path/index.ts';
import { loginLimit, memoryStore, rateLimit } from '../../lib/rate-limit/index.ts';
import { postgresStore } from '../../lib/rate-limit/pg/index.ts';
import { safeRedirect } from '../../lib/redirect/index.ts';
import { trustedProxies, withRequest } from '../../lib/request/index.ts';
import { keyring, Secret, secrets } from '../../lib/secrets/index.ts';
import * as session from '../../lib/session/index.ts';
import * as legacy from '../../lib/session/legacy/index.ts';
import { pgStore } from '../../lib/session/pg/index.ts';
import { redisStore } from '../../lib/session/redis/index.ts';
import * as sealed from '../../lib/session/sealed/index.ts';
import { sqliteStore } from '../../lib/session/sqlite/index.ts';
import * as onSqlite from '../../lib/sql/better-sqlite3/index.ts';
import { connectionSettings } from '../../lib/sql/connection/index.ts';
import { bulwarkLogger } from '../../lib/sql/drizzle/index.ts';
import { type Database, readOnly, type Sql, sql } from '../../lib/sql/index.ts';
import { guardKnex } from '../../lib/sql/knex/index.ts';
import { bulwarkPlugin } from '../../lib/sql/kysely/index.ts';
import * as onMysql from '../../lib/sql/mysql2/index.ts';
import * as onNodeSqlite from '../../lib/sql/node-sqlite/index.ts';
import * as onPg from '../../lib/sql/pg/index.ts';
import * as onPostgres from '../../lib/sql/postgres/index.ts';
import * as testing from '../../lib/testing/index.ts';
import * as unsafeHtml from '../../lib/unsafe/html/index.ts';
import { trustedSql } from '../../lib/unsafe/sql/index.ts';
import { unpack } from '../../lib/upload/archive/index.ts';
import { clamd } from '../../lib/upload/clamd/index.ts';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { imageRewriter } from '../../lib/upload/image/index.ts';
import { sendUpload, type UploadStore, uploadResponse, uploads } from '../../lib/upload/index.ts';
import { s3Store } from '../../lib/upload/s3/index.ts';
import * as onWeb from '../../lib/web/index.ts';
import { root } from '../repository.ts';

/** A function of the library that takes a record of options. */
export interface OptionTaker {
  /** Its import path, and its name. */
  readonly name: string;
  /** Options that it needs. */
  readonly needs?: object;
  readonly call: (options: never) => unknown;
}

const table = sql.table('t', { id: 'integer | default', name: 'string' });
const page = html.html`<p>a</p>`;
const fetch = createFetch({ hosts: ['example.com'] });
const because = { because: 'written here, for a test' };
/** Nothing is sent: neither client connects before its first statement. */
const pool = (): pg.Pool => new pg.Pool();
const db: Database = onPg.database(pool());
const target = { setHeader() {}, end() {}, write: () => true, destroy() {}, once() {}, removeListener() {} };
/** A connection that answers any statement with no rows. */
const connection = {
  ...{ inTransaction: false, isTransaction: false },
  prepare: () => ({ ...{ all: () => [], run: () => ({ changes: 0 }), columns: () => [] } }),
};
/** A client of Redis that sends nothing. */
const redis = { call: async () => undefined, status: 'ready', on() {}, removeListener() {} };
const answered = { status: 200, headers: {} };
const role = { hosts: ['example.com'] };

const repository = path.rootPath(root);
const manifest = path.inside(root, 'package.json');
const scratch = (end = ''): path.SafePath =>
  path.inside(tmpdir(), `bulwark-option-takers-${process.pid}${end}`);

const uploadStore = { begin() {} } as never;
/** A store with one file, which is empty. */
const emptyFiles = {
  open: async () => ({
    record: { id: 'a', name: 'a', type: 'image/png', extension: 'png', bytes: 0 },
    modifiedAt: new Date(0),
    close: async () => undefined,
  }),
} as never;
const bucket = {
  ...{ endpoint: 'https://s3.example.com', bucket: 'uploads', region: 'eu-central-1', accessKeyId: 'a' },
  secretAccessKey: new Secret('a'),
};

/** Makes a store in a folder that is gone afterwards. */
async function inFolder(make: (folder: string) => UploadStore): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-options-'));
  try {
    await make(folder).sweep();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
async function acceptManifest(options: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-options-'));
  try {
    const store = diskStore({ folder });
    await uploads({ store, files: { list: { types: ['application/json'] } } }).accept(
      'list',
      manifest,
      options,
    );
    await store.sweep();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Unpacks a zip of nothing: the record of its end alone. */
async function unpackEmpty(options: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-options-'));
  try {
    writeFileSync(
      join(folder, 'empty.zip'),
      Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]),
    );
    await unpack(path.inside(folder, 'empty.zip'), path.inside(folder, 'new'), options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const emptyForm = (): Request =>
  new Request('https://example.com', {
    method: 'POST',
    body: '--a--',
    headers: { 'content-type': 'multipart/form-data; boundary=a' },
  });

const smallForm = (): Request =>
  new Request('https://example.com', { method: 'POST', body: new URLSearchParams('a=1') });
const onNodeAs = (type: string, body: string): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(body)]), {
    ...{ method: 'POST', headers: { 'content-type': type } },
  }) as unknown as IncomingMessage;
const formOnNode = (): IncomingMessage => onNodeAs('application/x-www-form-urlencoded', 'a=1');
const jsonOnNode = (): IncomingMessage => onNodeAs('application/json', '1');
/** Of a client that has gone away. */
const closedAnswer = (): ServerResponse => ({ destroyed: true }) as ServerResponse;

export const optionTakers: readonly OptionTaker[] = [
  {
    name: 'command commands',
    call: (options) =>
      command.commands({ node: { path: process.execPath, allowInterpreter: true } }, options),
  },
  {
    name: 'command commands program',
    needs: { path: process.execPath, allowInterpreter: true },
    call: (entry) => command.commands({ node: entry }),
  },
  {
    name: 'command run',
    call: (options) =>
      command.commands({ node: { path: process.execPath, allowInterpreter: true } }).node(options),
  },
  { name: 'command curl', call: command.curl },
  { name: 'command ghostscript', call: command.ghostscript },
  { name: 'command git', call: command.git },
  { name: 'command ssh', call: command.ssh },
  { name: 'cors cors', needs: { origins: ['https://example.com'] }, call: cors },
  { name: 'csp csp', call: csp },
  { name: 'csp cspReportEndpoint', call: cspReportEndpoint },
  { name: 'csrf csrf', call: csrf },
  { name: 'event configureEvents', needs: { sinks: [] }, call: configureEvents },
  { name: 'event createRecorder', needs: { sinks: [] }, call: createRecorder },
  { name: 'event jsonLinesSink', needs: { file: '/dev/null' }, call: jsonLinesSink },
  { name: 'event loggerSink', call: (options) => loggerSink({ info() {}, warn() {}, error() {} }, options) },
  { name: 'event otlpSink', needs: { url: 'https://example.com', fetch }, call: otlpSink },
  { name: 'event stderrSink', call: stderrSink },
  { name: 'event syslogSink', needs: { host: '127.0.0.1', protocol: 'udp' }, call: syslogSink },
  { name: 'event webhookSink', needs: { url: 'https://example.com', fetch }, call: webhookSink },
  { name: 'express bulwark', call: bulwark },
  { name: 'express bulwarkErrors', call: bulwarkErrors },
  { name: 'express form', call: form },
  { name: 'express json', call: json },
  {
    name: 'express routeCors',
    needs: { origins: ['https://example.com'] },
    call: routeCors,
  },
  { name: 'express routeCsp', call: routeCsp },
  { name: 'express staticFiles', call: (options) => staticFiles('/srv', options) },
  { name: 'fetch createAgents', needs: role, call: createAgents },
  { name: 'fetch createDispatcher', needs: role, call: createDispatcher },
  { name: 'fetch createFetch', needs: role, call: createFetch },
  { name: 'fetch/gateway startGateway', call: (options) => startGateway({} as never, options) },
  { name: 'headers strictTransportSecurity', call: strictTransportSecurity },
  { name: 'html createSanitizer', call: (options) => html.createSanitizer('comment', options) },
  { name: 'html htmlResponse', call: (options) => html.htmlResponse(page, options) },
  { name: 'html preset', call: (options) => html.preset('comment', options) },
  { name: 'html render', call: (options) => html.render(page, options) },
  { name: 'html renderToStream', call: (options) => html.renderToStream(page, options) },
  { name: 'html sendHtml', call: (options) => html.sendHtml(target, page, options) },
  { name: 'limits limits', call: (options) => limits(createServer(), options) },
  { name: 'limits requestLimits', call: requestLimits },
  { name: 'nest BulwarkModule.forRoot', call: (options) => onNest.BulwarkModule.forRoot(options) },
  {
    name: 'nest BulwarkModule.forRootAsync',
    needs: { useFactory: () => ({}) },
    call: (options) => onNest.BulwarkModule.forRootAsync(options as never),
  },
  { name: 'nest Form', call: onNest.Form },
  { name: 'nest Json', call: onNest.Json },
  { name: 'nest RouteCors', needs: { origins: ['https://example.com'] }, call: onNest.RouteCors },
  { name: 'nest RouteCsp', call: onNest.RouteCsp },
  { name: 'nest staticFiles', call: (options) => onNest.staticFiles('/srv', options) },
  { name: 'node bulwark', call: (options) => onNode.bulwark(options, () => undefined) },
  { name: 'node defendServer', call: (options) => onNode.defendServer(createServer(), options) },
  { name: 'node routeCors', needs: { origins: ['https://example.com'] }, call: onNode.routeCors },
  { name: 'node routeCsp', call: onNode.routeCsp },
  { name: 'node readForm', call: (options) => onNode.readForm(formOnNode(), options) },
  { name: 'node readJson', call: (options) => onNode.readJson(jsonOnNode(), options) },
  { name: 'node staticFiles', call: (options) => onNode.staticFiles('/srv', options) },
  { name: 'parse parseForm', call: (options) => parseForm('', options) },
  { name: 'parse parseJson', call: (options) => parseJson('1', options) },
  { name: 'parse parseQuery', call: (options) => parseQuery('', options) },
  { name: 'parse/cbor parseCbor', call: (options) => parseCbor(Uint8Array.of(0), options) },
  { name: 'parse/csv formatCsv', call: (options) => formatCsv([], options) },
  { name: 'parse/csv formatCsvStream', call: (options) => formatCsvStream([], options) },
  { name: 'parse/csv parseCsv', call: (options) => parseCsv('', options) },
  { name: 'parse/csv readCsv', call: (options) => readCsv((async function* () {})(), options) },
  { name: 'parse/expression expression', call: (options) => expression('1', options) },
  { name: 'parse/msgpack parseMsgpack', call: (options) => parseMsgpack(Uint8Array.of(0), options) },
  { name: 'parse/pattern safePattern', call: (options) => safePattern('a', options) },
  { name: 'parse/xml parseXml', call: (options) => parseXml('<a/>', options) },
  { name: 'parse/xml parseXmlObject', call: (options) => parseXmlObject('<a/>', options) },
  { name: 'parse/xpath createXpath', call: createXpath },
  { name: 'parse/yaml parseYaml', call: (options) => parseYaml('', options) },
  { name: 'parse/yaml parseYamlDocuments', call: (options) => parseYamlDocuments('', options) },
  { name: 'password passwords', call: passwords },
  { name: 'password check', call: (options) => passwords().check('a', options) },
  {
    name: 'path fileResponse',
    call: async (options) => (await path.fileResponse(emptyForm(), manifest, options)).body?.cancel(),
  },
  { name: 'path listDirectory', call: (options) => path.listDirectory(repository, options) },
  { name: 'path makeDirectory', call: (options) => path.makeDirectory(repository, options) },
  {
    name: 'path moveFile',
    call: async (options) => {
      await path.writeFile(scratch(), 'a', { overwrite: true });
      await path
        .moveFile(scratch(), scratch('-moved'), options)
        .finally(() => path.removeFile(scratch()).catch(() => undefined));
      await path.removeFile(scratch('-moved'));
    },
  },
  { name: 'path openFile', call: async (options) => (await path.openFile(manifest, options)).handle.close() },
  { name: 'path readFile', call: (options) => path.readFile(manifest, options) },
  { name: 'path readText', call: (options) => path.readText(manifest, options) },
  { name: 'path realPath', call: (options) => path.realPath(manifest, options) },
  {
    name: 'path removeFile',
    call: async (options) => {
      await path.writeFile(scratch(), 'a', { overwrite: true });
      await path
        .removeFile(scratch(), options)
        .finally(() => path.removeFile(scratch()).catch(() => undefined));
    },
  },
  {
    name: 'path sendFile',
    call: (options) => path.sendFile(jsonOnNode(), closedAnswer(), manifest, options),
  },
  {
    name: 'path writeFile',
    call: async (options) => {
      await path.writeFile(scratch(), 'a', options);
      await path.removeFile(scratch());
    },
  },
  {
    name: 'rate-limit loginLimit',
    needs: { store: memoryStore(), keys: keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi') },
    call: loginLimit,
  },
  { name: 'rate-limit memoryStore', call: memoryStore },
  {
    name: 'rate-limit rateLimit',
    needs: { store: memoryStore(), limit: 1, windowSeconds: 1, key: 'address' },
    call: rateLimit,
  },
  { name: 'rate-limit/pg postgresStore', call: (options) => postgresStore(pool(), options) },
  { name: 'redirect safeRedirect', call: (options) => safeRedirect('/', options) },
  { name: 'request trustedProxies', needs: { hops: 1 }, call: trustedProxies },
  { name: 'request withRequest', call: (options) => withRequest(options, () => 1) },
  {
    name: 'secrets secrets',
    needs: { env: { TOKEN: 'b6V0rj7nqYwE5tq0' } },
    call: (options) => secrets({ TOKEN: 'secret' }, options),
  },
  { name: 'session memoryStore', call: session.memoryStore },
  { name: 'session sessions', needs: { store: session.memoryStore() }, call: session.sessions },
  { name: 'session/legacy connectPgSimple', call: (options) => legacy.connectPgSimple(pool(), options) },
  { name: 'session/legacy connectRedis', call: (options) => legacy.connectRedis(redis, options) },
  {
    name: 'session/legacy legacySessions',
    needs: {
      ...{ kind: 'iron-session', cookieName: 'a', secrets: 'b'.repeat(32), until: '2027-01-01' },
      ...{ map: () => undefined, spent: legacy.memorySpentSeals() },
    },
    call: legacy.legacySessions,
  },
  { name: 'session/legacy memorySpentSeals', call: legacy.memorySpentSeals },
  { name: 'session/legacy pgSpentSeals', call: (options) => legacy.pgSpentSeals(pool(), options) },
  { name: 'session/legacy redisSpentSeals', call: (options) => legacy.redisSpentSeals(redis, options) },
  { name: 'session/pg pgStore', call: (options) => pgStore(pool(), options) },
  { name: 'session/redis redisStore', call: (options) => redisStore(redis as never, options) },
  {
    name: 'session/sqlite sqliteStore',
    call: (options) => sqliteStore({ ...connection, exec() {} }, options),
  },
  { name: 'session/sealed memoryEpochs', call: sealed.memoryEpochs },
  { name: 'session/sealed pgEpochs', call: (options) => sealed.pgEpochs(pool(), options) },
  { name: 'session/sealed redisEpochs', call: (options) => sealed.redisEpochs(redis, options) },
  {
    name: 'session/sealed sealedSessions',
    needs: { keys: keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi') },
    call: sealed.sealedSessions,
  },
  { name: 'sql readOnly', call: (options) => readOnly(db, options) },
  {
    name: 'sql sql.keyset',
    needs: { unique: 'id', size: 1 },
    call: (options) => sql.keyset({ id: { column: 'id', type: 'integer' } }, options),
  },
  {
    name: 'sql sql.orderBy',
    needs: { default: 'id' },
    call: (options) => sql.orderBy('', { id: 'id' }, options),
  },
  { name: 'sql sql.set', call: (options) => sql.set(table, ['name'], { name: 'a' }, options) },
  {
    name: 'sql sql.upsert',
    needs: { columns: ['name'], rows: [{ name: 'a' }], conflict: ['name'], update: [] },
    call: (options) => sql.upsert(table, options),
  },
  { name: 'sql sql.values', call: (options) => sql.values(table, ['name'], [{ name: 'a' }], options) },
  { name: 'sql/better-sqlite3 database', call: (options) => onSqlite.database(connection as never, options) },
  {
    name: 'sql/connection connectionSettings',
    needs: { url: 'postgres://a:b@127.0.0.1/c?sslmode=disable' },
    call: connectionSettings,
  },
  { name: 'sql/drizzle bulwarkLogger', call: (options) => bulwarkLogger('postgres', options) },
  { name: 'sql/knex guardKnex', call: (options) => guardKnex(knexFactory({ client: 'pg' }), options) },
  { name: 'sql/kysely bulwarkPlugin', call: (options) => bulwarkPlugin('postgres', options) },
  {
    name: 'sql/mysql2 database',
    call: (options) => onMysql.database(mysql.createPool('mysql://a@127.0.0.1/b'), options),
  },
  {
    name: 'sql/mysql2 guardMysql2',
    call: (options) => onMysql.guardMysql2(mysql.createPool('mysql://a@127.0.0.1/b'), options),
  },
  {
    name: 'sql/node-sqlite database',
    call: (options) => onNodeSqlite.database(connection as never, options),
  },
  { name: 'sql/pg database', call: (options) => onPg.database(pool(), options) },
  { name: 'sql/pg guardPg', call: (options) => onPg.guardPg(pool(), options) },
  {
    name: 'sql/postgres database',
    call: (options) => onPostgres.database(postgres('postgres://a@127.0.0.1/b'), options),
  },
  {
    name: 'sql/postgres guardPostgres',
    call: (options) => onPostgres.guardPostgres(postgres('postgres://a@127.0.0.1/b'), options),
  },
  {
    name: 'testing expectCorsRefused',
    call: (options) => testing.expectCorsRefused(() => answered, options),
  },
  {
    name: 'testing expectCsrfRefused',
    call: (options) => testing.expectCsrfRefused(() => answered, options),
  },
  {
    name: 'testing expectFreshSession',
    needs: { page: () => answered },
    call: (options) => testing.expectFreshSession(() => answered, options),
  },
  { name: 'testing expectLimited', call: (options) => testing.expectLimited(() => answered, options) },
  { name: 'testing expectNoLeak', call: (options) => testing.expectNoLeak(() => answered, options) },
  {
    name: 'testing expectNoOpenRedirect',
    call: (options) => testing.expectNoOpenRedirect(() => answered, options),
  },
  {
    name: 'testing expectSecureCookie',
    call: (options) => testing.expectSecureCookie(() => answered, options),
  },
  { name: 'testing expectInert', call: (options) => testing.expectInert('<p>a</p>', options) },
  { name: 'testing expectNoEgress', call: (options) => testing.expectNoEgress(() => undefined, options) },
  {
    name: 'testing expectNoInjection',
    call: (options) => testing.expectNoInjection(pool(), () => undefined, options),
  },
  {
    name: 'unsafe/html trustedHtml',
    needs: because,
    call: (options) => unsafeHtml.trustedHtml('a', options),
  },
  {
    name: 'unsafe/html trustedResourceUrl',
    needs: because,
    call: (options) => unsafeHtml.trustedResourceUrl('https://example.com/', options),
  },
  {
    name: 'unsafe/html trustedScript',
    needs: because,
    call: (options) => unsafeHtml.trustedScript('a', options),
  },
  {
    name: 'unsafe/html trustedStyle',
    needs: because,
    call: (options) => unsafeHtml.trustedStyle('a', options),
  },
  {
    name: 'unsafe/html trustedUrl',
    needs: because,
    call: (options) => unsafeHtml.trustedUrl('https://example.com/', options),
  },
  { name: 'unsafe/sql trustedSql', needs: because, call: (options) => trustedSql('select 1', options) },
  { name: 'upload uploads', needs: { store: uploadStore, files: {} }, call: uploads },
  {
    name: 'upload receive',
    call: (options) => uploads({ store: uploadStore, files: {} }).receive(emptyForm(), options),
  },
  {
    name: 'upload accept',
    call: acceptManifest,
  },
  {
    name: 'upload/archive unpack',
    call: unpackEmpty,
  },
  { name: 'upload/image imageRewriter', call: imageRewriter },
  {
    name: 'upload sendUpload',
    call: (options) =>
      sendUpload({ headers: {} } as never, { destroyed: true } as never, emptyFiles, '', options),
  },
  {
    name: 'upload uploadResponse',
    call: (options) => uploadResponse(new Request('https://a.example'), emptyFiles, '', options),
  },
  { name: 'upload/clamd clamd', needs: { socket: '/run/clamav/clamd.ctl' }, call: clamd },
  {
    name: 'upload/disk diskStore',
    call: (options: object) => inFolder((folder) => diskStore({ folder, ...options })),
  },
  {
    name: 'upload/s3 s3Store',
    call: (options: object) => inFolder((spool) => s3Store({ ...bucket, spool, ...options })),
  },
  { name: 'web readForm', call: (options) => onWeb.readForm(smallForm(), options) },
  { name: 'web routeCors', needs: { origins: ['https://example.com'] }, call: onWeb.routeCors },
  {
    name: 'fastify bulwark',
    call: async (options: object) => {
      await fastify().register(onFastify.bulwark, options);
    },
  },
  { name: 'fastify form', call: onFastify.form },
  { name: 'fastify json', call: onFastify.json },
  { name: 'fastify routeCors', needs: { origins: ['https://example.com'] }, call: onFastify.routeCors },
  { name: 'fastify routeCsp', call: onFastify.routeCsp },
  { name: 'fastify staticFiles', call: (options) => onFastify.staticFiles('/srv', options) },
  { name: 'koa bulwark', call: onKoa.bulwark },
  { name: 'koa form', call: onKoa.form },
  { name: 'koa json', call: onKoa.json },
  { name: 'koa routeCors', needs: { origins: ['https://example.com'] }, call: onKoa.routeCors },
  { name: 'koa routeCsp', call: onKoa.routeCsp },
  { name: 'koa staticFiles', call: (options) => onKoa.staticFiles('/srv', options) },
  { name: 'hono bulwark', call: onHono.bulwark },
  { name: 'hono bulwarkErrors', call: onHono.bulwarkErrors },
  { name: 'hono defendServer', call: (options) => onHono.defendServer(createServer(), options) },
  { name: 'hono form', call: onHono.form },
  { name: 'hono json', call: onHono.json },
  { name: 'hono routeCors', needs: { origins: ['https://example.com'] }, call: onHono.routeCors },
  { name: 'hono routeCsp', call: onHono.routeCsp },
  { name: 'hono/node staticFiles', call: (options) => honoFiles('/srv', options) },
  { name: 'next action', call: (options) => onNext.action(async () => 1, options) },
  { name: 'next form', call: (options) => onNext.form(smallForm(), options) },
  { name: 'next page', call: (options) => onNext.page(() => 1, options) },
  { name: 'next routeCors', needs: { origins: ['https://example.com'] }, call: onNext.routeCors },
  { name: 'next routeCsp', call: onNext.routeCsp },
  { name: 'next withBulwark', call: (options) => onNext.withBulwark(() => new Response('a'), options) },
  { name: 'next/config withBulwarkConfig', call: (options) => withBulwarkConfig({}, options) },
  { name: 'next/proxy proxy', call: nextProxy },
  { name: 'next/server bulwark', call: (options) => nextServer.bulwark(options, () => undefined) },
  { name: 'next/server defendServer', call: (options) => nextServer.defendServer(createServer(), options) },
  { name: 'web routeCsp', call: onWeb.routeCsp },
  { name: 'web bulwark', call: (options) => onWeb.bulwark(options, () => new Response('a')) },
];

/** Methods of a database, whose options are read before anything is sent. */
export const statementTakers: readonly OptionTaker[] = [
  ...(['all', 'many', 'one', 'maybe', 'execute'] as const).map((name) => ({
    name: `db.${name}`,
    call: (options: never) => (db[name] as (query: Sql, options: never) => unknown)(sql`select 1`, options),
  })),
  {
    name: 'db.stream',
    call: async (options) => {
      for await (const _ of db.stream(sql`select 1`, options));
    },
  },
  { name: 'db.transaction', call: (options) => db.transaction(async () => 1, options) },
  { name: 'readOnly(db).all', call: (options) => readOnly(db).all(sql`select 1`, options) },
  {
    name: 'readOnly(db).stream',
    call: async (options) => {
      for await (const _ of readOnly(db).stream(sql`select 1`, options));
    },
  },
  { name: 'readOnly(db).transaction', call: (options) => readOnly(db).transaction(async () => 1, options) },
];
