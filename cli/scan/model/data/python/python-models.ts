import type { Models } from '../../model.ts';
import { aiohttp } from './aiohttp.ts';
import { bottle } from './bottle.ts';
import { cherrypy } from './cherrypy.ts';
import { cleartext } from './cleartext.ts';
import { cloudClients } from './cloud-clients.ts';
import { cloudFunctions } from './cloud-functions.ts';
import { code } from './code.ts';
import { cookies } from './cookies.ts';
import { crypto } from './crypto.ts';
import { dbApi } from './db-api.ts';
import { dependencyProviders } from './dependency-providers.ts';
import { deserialize } from './deserialize.ts';
import { django } from './django.ts';
import { djangoDatabase } from './django-database.ts';
import { djangoHooks } from './django-hooks.ts';
import { djangoRest } from './django-rest.ts';
import { documentFiles } from './document-files.ts';
import { documentStores } from './document-stores.ts';
import { encoding } from './encoding.ts';
import { falcon } from './falcon.ts';
import { fetchers } from './fetchers.ts';
import { file } from './file.ts';
import { flashedMessages } from './flashed-messages.ts';
import { flask } from './flask.ts';
import { form } from './form.ts';
import { graphDatabases } from './graph-databases.ts';
import { guess } from './guess.ts';
import { httpClient } from './http-client.ts';
import { httpServer } from './http-server.ts';
import { ldap } from './ldap.ts';
import { litestar } from './litestar.ts';
import { log } from './log.ts';
import { mailLinks } from './mail-links.ts';
import { mailMarkup } from './mail-markup.ts';
import { message } from './message.ts';
import { messageQueues } from './message-queues.ts';
import { modelFiles } from './model-files.ts';
import { mongo } from './mongo.ts';
import { notUploads } from './not-uploads.ts';
import { orm } from './orm.ts';
import { pageMarkup } from './page-markup.ts';
import { parsers } from './parsers.ts';
import { processes } from './process.ts';
import { pyramid } from './pyramid.ts';
import { regex } from './regex.ts';
import { remoteCalls } from './remote-calls.ts';
import { remoteShells } from './remote-shells.ts';
import { resolvers } from './resolvers.ts';
import { sanic } from './sanic.ts';
import { scriptEngines } from './script-engines.ts';
import { sensitive } from './sensitive.ts';
import { singleLines } from './single-lines.ts';
import { smallFrameworks } from './small-frameworks.ts';
import { sqlWarehouses } from './sql-warehouses.ts';
import { sqlalchemy } from './sqlalchemy.ts';
import { starlette } from './starlette.ts';
import { staticFiles } from './static-files.ts';
import { template } from './template.ts';
import { tlsVersions } from './tls-versions.ts';
import { tornado } from './tornado.ts';
import { url } from './url.ts';
import { useRules } from './use-rules.ts';
import { useRulesFiles } from './use-rules-files.ts';
import { weakKeys } from './weak-keys.ts';
import { xml } from './xml.ts';

/** All that the scanner knows of Python's libraries. */
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
    documentStores,
  ].map(notUploads),
);
