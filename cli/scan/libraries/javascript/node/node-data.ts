/**
 * Node 20 to 24: Buffer, util, url, querystring, zlib, stream, readline, crypto, string_decoder, events. Data that
 * passes through stays tainted. Documentation: https://nodejs.org/docs/latest-v24.x/api/
 */
import type { Models } from '../../../models/model.ts';

export const nodeData: Models = {
  language: 'javascript',
  types: [
    ['buffer.Buffer', 'global', 'Member[Buffer]'],
    ['buffer.Buffer', 'buffer', 'Member[Buffer]'],
  ],
  summaries: [
    ['url', 'Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'url',
      'Member[parse]',
      'Argument[0]',
      'ReturnValue.Member[query,search,pathname,path,href,hash,host,hostname,protocol,auth]',
      'taint',
    ],
    ['url', 'Member[parse]', 'Argument[0]', 'ReturnValue.Member[query].AnyMember', 'taint'],
    ['url', 'Member[format]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['url', 'Member[format]', 'Argument[0].AnyMember', 'ReturnValue', 'taint'],
    ['url', 'Member[resolve]', 'Argument[0,1]', 'ReturnValue', 'taint'],
    [
      'url',
      'Member[fileURLToPath,pathToFileURL,domainToASCII,domainToUnicode]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    ['querystring', 'Member[parse,decode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['querystring', 'Member[parse,decode]', 'Argument[0]', 'ReturnValue.AnyMember', 'taint'],
    ['querystring', 'Member[unescape]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['querystring', 'Member[escape]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['querystring', 'Member[stringify,encode]', 'Argument[0].AnyMember', 'ReturnValue', 'taint'],
    ['buffer.Buffer', 'Member[from]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['buffer.Buffer', 'Member[concat]', 'Argument[0].Element', 'ReturnValue', 'taint'],
    ['buffer.Buffer', 'Member[concat]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['global', 'Member[atob,btoa,structuredClone,unescape]', 'Argument[0]', 'ReturnValue', 'taint'],
    // The same function, wrapped: `promisify(exec)`.
    ['util', 'Member[promisify,callbackify]', 'Argument[0]', 'ReturnValue', 'value'],
    ['bluebird', 'Member[promisify,promisifyAll]', 'Argument[0]', 'ReturnValue', 'value'],
    ['pify', '', 'Argument[0]', 'ReturnValue', 'value'],
    ['util', 'Member[format]', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['util', 'Member[formatWithOptions]', 'Argument[1..]', 'ReturnValue', 'taint'],
    ['util', 'Member[stripVTControlCharacters,toUSVString]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['util', 'Member[TextDecoder].Instance.Member[decode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['global', 'Member[TextDecoder].Instance.Member[decode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['global', 'Member[TextEncoder].Instance.Member[encode]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'string_decoder',
      'Member[StringDecoder].Instance.Member[write,end]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    [
      'zlib',
      'Member[gunzipSync,inflateSync,inflateRawSync,unzipSync,brotliDecompressSync,zstdDecompressSync]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
    [
      'zlib',
      'Member[gunzip,inflate,inflateRaw,unzip,brotliDecompress,zstdDecompress]',
      'Argument[0]',
      'Argument[1,2].Parameter[1]',
      'taint',
    ],
    ['stream', 'Member[Readable].Member[from]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['stream/consumers', 'Member[text,json,buffer]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['readline', 'Member[createInterface]', 'Argument[0].Member[input]', 'ReturnValue', 'taint'],
    // Untrusted data stays untrusted when it is decrypted.
    ['crypto', 'Member[createDecipheriv].ReturnValue.Member[update]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  // Data that a request stores for everything that runs for it.
  shared: [
    ['async_hooks', 'Member[AsyncLocalStorage].Instance'],
    ['nestjs-cls', 'Member[ClsService].Instance'],
  ],
  sanitizers: [
    // A query parameter is a string.
    [
      'global',
      'Member[URL].Instance.Member[searchParams].Member[get].ReturnValue',
      ['nosql', 'mass-assignment'],
    ],
    ['global', 'Member[URLSearchParams].Instance.Member[get].ReturnValue', ['nosql', 'mass-assignment']],
    // Its host ends at the first `<`, `>` or quote.
    ['url', 'Member[parse].ReturnValue.Member[host,hostname,protocol]', ['xss']],
    ['url', 'Member[parse].ReturnValue.Member[host,hostname,protocol]', 'tags'],
    ['url', 'Member[parse].ReturnValue.Member[port]', 'all'],
    ['querystring', 'Member[escape].ReturnValue', ['xss', 'header', 'log']],
    ['querystring', 'Member[stringify,encode].ReturnValue', ['xss', 'header', 'log']],
    ['util', 'Member[inspect].ReturnValue', ['log', 'header']],
    // A digest contains nothing of the text.
    ['crypto', 'Member[createHash,createHmac].ReturnValue.Member[digest].ReturnValue', 'all'],
    [
      'crypto',
      'Member[createHash,createHmac].ReturnValue.Member[update].ReturnValue.Member[digest].ReturnValue',
      'all',
    ],
    ['crypto', 'Member[hash,randomBytes,randomUUID,scryptSync,pbkdf2Sync].ReturnValue', 'all'],
  ],
  guards: [
    [
      'net',
      'Member[isIP,isIPv4,isIPv6].Argument[0]',
      ['sql', 'xss', 'command', 'path', 'ldap', 'xpath', 'code', 'header', 'log'],
    ],
  ],
};
