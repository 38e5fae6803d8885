/**
 * Middleware of Express: body-parser, cookie, multer 1.4 to 2, express-fileupload, formidable 2 and 3, busboy 1,
 * passport, cors, serve-static, http-proxy-middleware 3, connect. Documentation: the README of each.
 */
import type { Condition, Models } from '../../models/model.ts';

/**
 * Busboy, and multer and Fastify's multipart by it, cut the name of an upload to what is behind its last slash, and make nothing of
 * `.` and `..`, unless they are told not to: `basename()` in https://github.com/mscdex/busboy/blob/master/lib/utils.js
 */
const isCut: Condition = { at: '', unless: ['preservePath'] };

export const expressMiddleware: Models = {
  language: 'javascript',
  types: [
    ['express.Application', 'connect', 'ReturnValue'],
    ['express.Application', 'polka', 'ReturnValue'],
    ['express.Application', 'restify', 'Member[createServer].ReturnValue'],
    ['express.Application', 'router', 'ReturnValue'],
    ['express.Session', 'iron-session', 'Member[getIronSession].ReturnValue'],
    ['express.UploadedFile', 'multer.Storage', 'Member[filename,destination].Parameter[1]'],
    ['multer.Storage', 'multer', 'Member[diskStorage].Argument[0]'],
    ['express.Request', 'multer.Storage', 'Member[filename,destination].Parameter[0]'],
    ['express.Request', 'multer', 'Argument[0].Member[fileFilter].Parameter[0]'],
    ['express.UploadedFile', 'multer', 'Argument[0].Member[fileFilter].Parameter[1]'],
    ['express.Request', 'passport', 'Member[authenticate].ReturnValue.Argument[0]'],
    ['formidable.Form', 'formidable', 'ReturnValue'],
    ['formidable.Form', 'formidable', 'Member[formidable].ReturnValue'],
    ['formidable.Form', 'formidable', 'Member[IncomingForm,Formidable].Instance'],
    ['formidable.File', 'formidable.Form', 'Member[parse].Argument[1].Parameter[2].AnyMember'],
    ['formidable.File', 'formidable.Form', 'Member[parse].Argument[1].Parameter[2].AnyMember.AnyMember'],
    ['formidable.File', 'formidable.Form', 'Member[parse].ReturnValue.Member[1].AnyMember'],
    ['formidable.File', 'formidable.Form', 'Member[parse].ReturnValue.Member[1].AnyMember.AnyMember'],
    ['busboy.Busboy', 'busboy', 'ReturnValue'],
    ['busboy.Busboy', 'busboy', 'Instance'],
    ['busboy.Busboy', '@fastify/busboy', 'Instance'],
  ],
  sources: [
    ['formidable.Form', 'Member[parse].Argument[1].Parameter[1]', 'remote'],
    ['formidable.Form', 'Member[parse].ReturnValue.Member[0]', 'remote'],
    ['formidable.File', 'Member[originalFilename,mimetype]', 'remote'],
    // field: (name, value); file: (name, stream, { filename, mimeType })
    ['busboy.Busboy', 'Member[on,once].Argument[1].Parameter[0]', 'remote'],
    ['busboy.Busboy', 'Member[on,once].Argument[1].Parameter[1]', 'remote'],
    ['busboy.Busboy', 'Member[on,once].Argument[1].Parameter[2]', 'remote'],
    ['raw-body', 'ReturnValue', 'remote'],
    ['co-body', 'ReturnValue', 'remote'],
    ['co-body', 'Member[json,form,text].ReturnValue', 'remote'],
  ],
  sanitizers: [
    ['express.UploadedFile', 'Member[originalname]', ['path'], isCut],
    ['busboy.Busboy', 'Member[on,once].Argument[1].Parameter[2]', ['path'], isCut],
    ['fastify.File', 'Member[filename]', ['path'], isCut],
  ],
  sinks: [
    ['multer.Storage', 'Member[filename].Parameter[2].Argument[1]', 'upload'],
    ['multer.Storage', 'Member[destination].Parameter[2].Argument[1]', 'path'],
    ['http-proxy-middleware', 'Member[createProxyMiddleware].Argument[0].Member[target]', 'ssrf'],
    ['http-proxy-middleware', 'Member[createProxyMiddleware].Argument[0].Member[router].ReturnValue', 'ssrf'],
    ['send', 'Argument[1]', 'path', { at: 'Argument[2].Member[root]', orAbsent: true }],
  ],
  summaries: [
    ['cookie', 'Member[parse,parseCookie]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['cookie', 'Member[parse,parseCookie]', 'Argument[0]', 'ReturnValue.AnyMember', 'taint'],
    ['parseurl', '', 'Argument[0].Member[url]', 'ReturnValue', 'taint'],
    ['qs', 'Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['qs', 'Member[parse]', 'Argument[0]', 'ReturnValue.AnyMember', 'taint'],
  ],
};
