import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import type { UseReport } from '../kit/rule.ts';
import { argumentId, isWhole, type Use } from '../kit/use.ts';
import { isSentByOthers } from '../kit/value/sent-by-others.ts';
import { isSizeAsked } from './entry-size.ts';

const message = 'Client data is decompressed without a size limit, and can grow a thousandfold in memory.';
const found: UseReport = { message, confidence: 'medium' };

export const decompressors: RegExp =
  /^(?:decompress(?:obj)?|gunzip(?:Sync)?|inflate(?:Raw)?(?:Sync)?|unzip(?:Sync)?|(?:brotli|zstd)Decompress(?:Sync)?|ungzip|open|read)$/;

/** Python's functions return the whole output. Their objects take a limit: `decompressobj().decompress(data, limit)` */
const pythonModules = /^(?:gzip|zlib|bz2|lzma|brotli|zstd|zstandard|snappy|lz4(?:\.frame)?)$/;
const nodeModules = /^(?:node:)?zlib$/;
/** Packages without any limit. */
const packages = /^(?:pako|fflate)$/;

/**
 * Reports a call that decompresses data of a request without a limit for its size. In a decompression bomb, some kilobytes
 * become gigabytes.
 */
export function ofDecompressed(use: Use, call: Call): UseReport | undefined {
  const name = importedName(use, call);
  if (name === undefined) return byHost(use.language, archives)?.(use, call);
  const [module, method] = name;
  const data = argumentId(use, call, 0, 'data');
  if (data === undefined || !decompressors.test(method) || /^(?:open|read|decompressobj)$/.test(method))
    return undefined;
  const isUnlimited = byHost(use.language, unlimited)?.(use, call, module) ?? false;
  return isUnlimited && isSentByOthers(use.frame, data) ? found : undefined;
}

const archives: ByHost<(use: Use, call: Call) => UseReport | undefined> = { python: ofZip };

const unlimited: ByHost<(use: Use, call: Call, module: string) => boolean> = {
  javascript: (use, call, module) =>
    nodeModules.test(module) ? !isLimited(use, call) : packages.test(module),
  python: (_, { names }, module) =>
    pythonModules.test(module) && !names?.includes('max_output_size') && !names?.includes('max_length'),
};

/** `zlib.gunzipSync(body, { maxOutputLength: 1e6 })` */
function isLimited(use: Use, call: Call): boolean {
  const options = call.args.slice(1, 2).find((arg) => {
    const inst = use.frame.inst(arg);
    return inst.op !== 'func' && use.frame.linked.functions(use.frame.id, arg).length === 0;
  });
  if (options === undefined) return false;
  return !isWhole(use, options) || use.frame.values[options]?.fields?.has('maxOutputLength') === true;
}

/** The module and name of `zlib.gunzip`, of an imported `gunzip`, and of `promisify(zlib.gunzip)`. */
function importedName(use: Use, call: Call): readonly [module: string, name: string] | undefined {
  const { linked, id } = use.frame;
  if (use.frame.inst(call.callee).op === 'global') return undefined;
  const place = madeBy(linked, { func: id, value: call.callee });
  let inst = instOf(linked, place);
  if (
    inst?.op === 'call' &&
    inst.args.length === 1 &&
    nameOfCallee(instOf(linked, { func: place.func, value: inst.callee })) === 'promisify'
  )
    inst = instOf(linked, madeBy(linked, { func: place.func, value: inst.args[0] as ValueId }));
  if (inst?.op === 'import') return [inst.specifier, inst.name];
  const owner =
    inst?.op === 'member'
      ? instOf(linked, madeBy(linked, { func: place.func, value: inst.object }))
      : undefined;
  return inst?.op === 'member' && owner?.op === 'import' ? [owner.specifier, inst.name] : undefined;
}

/** `ZipFile(upload).read(name)` without a check of the declared size of the entry. */
function ofZip(use: Use, call: Call): UseReport | undefined {
  const { linked, id } = use.frame;
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member' || callee.name !== 'read' || call.args.length === 0) return undefined;
  const place = madeBy(linked, { func: id, value: use.frame.valueNumbers[callee.object] ?? callee.object });
  const archive = instOf(linked, place);
  if (archive?.op !== 'call' || place.func !== id) return undefined;
  if (nameOfCallee(instOf(linked, { func: id, value: archive.callee })) !== 'ZipFile') return undefined;
  const [file] = archive.args;
  if (file === undefined || !isSentByOthers(use.frame, file)) return undefined;
  return isSizeAsked(use) ? undefined : found;
}
