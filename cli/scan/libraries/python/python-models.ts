import { aiohttp } from '../../frameworks/aiohttp/model.ts';
import { bottle } from '../../frameworks/bottle/model.ts';
import { cherrypy } from '../../frameworks/cherrypy/model.ts';
import { djangoDatabase } from '../../frameworks/django/django-database.ts';
import { djangoHooks } from '../../frameworks/django/django-hooks.ts';
import { djangoRest } from '../../frameworks/django/django-rest.ts';
import { django } from '../../frameworks/django/model.ts';
import { falcon } from '../../frameworks/falcon/model.ts';
import { flask } from '../../frameworks/flask/model.ts';
import { litestar } from '../../frameworks/litestar/model.ts';
import { pyramid } from '../../frameworks/pyramid/model.ts';
import { sanic } from '../../frameworks/sanic/model.ts';
import { starlette } from '../../frameworks/starlette/model.ts';
import { tornado } from '../../frameworks/tornado/model.ts';
import type { Models } from '../../models/model.ts';
import { dbApi } from './database/db-api.ts';
import { documentStores } from './database/document-stores.ts';
import { graphDatabases } from './database/graph-databases.ts';
import { mongo } from './database/mongo.ts';
import { orm } from './database/orm.ts';
import { sqlWarehouses } from './database/sql-warehouses.ts';
import { sqlalchemy } from './database/sqlalchemy.ts';
import { guess } from './guess.ts';
import { cleartext } from './http/cleartext.ts';
import { cloudClients } from './http/cloud-clients.ts';
import { cloudFunctions } from './http/cloud-functions.ts';
import { cookies } from './http/cookies.ts';
import { dependencyProviders } from './http/dependency-providers.ts';
import { fetchers } from './http/fetchers.ts';
import { httpClient } from './http/http-client.ts';
import { httpServer } from './http/http-server.ts';
import { message } from './http/message.ts';
import { messageQueues } from './http/message-queues.ts';
import { remoteCalls } from './http/remote-calls.ts';
import { resolvers } from './http/resolvers.ts';
import { smallFrameworks } from './http/small-frameworks.ts';
import { staticFiles } from './http/static-files.ts';
import { tlsVersions } from './http/tls-versions.ts';
import { url } from './http/url.ts';
import { notUploads } from './not-uploads.ts';
import { documentFiles } from './page/document-files.ts';
import { flashedMessages } from './page/flashed-messages.ts';
import { form } from './page/form.ts';
import { mailLinks } from './page/mail-links.ts';
import { mailMarkup } from './page/mail-markup.ts';
import { pageMarkup } from './page/page-markup.ts';
import { singleLines } from './page/single-lines.ts';
import { template } from './page/template.ts';
import { code } from './runtime/code.ts';
import { crypto } from './runtime/crypto.ts';
import { decoding } from './runtime/decoding.ts';
import { deserialize } from './runtime/deserialize.ts';
import { encoding } from './runtime/encoding.ts';
import { file } from './runtime/file.ts';
import { ldap } from './runtime/ldap.ts';
import { log } from './runtime/log.ts';
import { modelFiles } from './runtime/model-files.ts';
import { parsers } from './runtime/parsers.ts';
import { processes } from './runtime/process.ts';
import { regex } from './runtime/regex.ts';
import { remoteShells } from './runtime/remote-shells.ts';
import { scriptEngines } from './runtime/script-engines.ts';
import { weakKeys } from './runtime/weak-keys.ts';
import { xml } from './runtime/xml.ts';
import { sensitive } from './sensitive.ts';
import { useRules } from './use-rules.ts';
import { useRulesFiles } from './use-rules-files.ts';

/** The models of Python's libraries. */
export const pythonModels: readonly Models[] = Object.freeze(
  [
    aiohttp,
    bottle,
    cherrypy,
    cleartext,
    cloudFunctions,
    code,
    cookies,
    crypto,
    dbApi,
    dependencyProviders,
    deserialize,
    djangoRest,
    django,
    djangoDatabase,
    djangoHooks,
    encoding,
    singleLines,
    falcon,
    file,
    flashedMessages,
    flask,
    form,
    guess,
    httpClient,
    httpServer,
    ldap,
    litestar,
    log,
    mailLinks,
    mailMarkup,
    message,
    messageQueues,
    mongo,
    orm,
    processes,
    pyramid,
    regex,
    resolvers,
    sanic,
    sensitive,
    sqlalchemy,
    starlette,
    staticFiles,
    template,
    tlsVersions,
    tornado,
    url,
    useRules,
    useRulesFiles,
    weakKeys,
    xml,
    sqlWarehouses,
    graphDatabases,
    cloudClients,
    remoteShells,
    scriptEngines,
    modelFiles,
    fetchers,
    documentFiles,
    pageMarkup,
    smallFrameworks,
    remoteCalls,
    parsers,
    decoding,
    documentStores,
  ].map(notUploads),
);
