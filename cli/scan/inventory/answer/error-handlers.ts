import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { BareApp, CodeView, ErrorHandler } from '../../code-view.ts';
import type { Call, Inst, Module } from '../../ir/ir.ts';
import { isOfType } from '../../models/state-traits.ts';
import { placeOf } from '../../report/findings.ts';
import { isAside, type SiteSearch } from '../site-search.ts';
import { showsMessages } from './shown-messages.ts';

const methods =
  /^(setErrorHandler|onError|errorhandler|register_error_handler|exception_handler|add_exception_handler|app_errorhandler|useGlobalFilters)$/;

/** Where a program sets its error handlers, and the applications without one. */
export function errorHandlers({ frames }: SiteSearch): Pick<CodeView, 'errorHandlers' | 'bareApps'> {
  const { linked } = frames;
  const { program } = linked;
  const found: ErrorHandler[] = [];
  const apps = new Map<string, Bare>();
  const open: Bare[] = [];
  let elsewhere = 0;
  program.instructions.each('call', (call, info, value) => {
    const bare = bareApp(linked, info.id, call);
    if (bare !== undefined && !isAside(frames, info))
      apps.set(`${info.id} ${value}`, { framework: bare, info, inst: call });
    const shows = showsMessages(linked, info.id, call);
    if (shows !== undefined && !isAside(frames, info)) open.push({ framework: shows, info, inst: call });
  });
  program.instructions.each('call', (call, info, value) => {
    if (isAside(frames, info)) return;
    const { id, func, module } = info;
    const callee = instOf(linked, madeBy(linked, { func: id, value: call.callee }));
    const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
    const isGuard = callee?.op === 'member' && call.args.some((arg) => isGuardOf(linked, id, name, arg));
    const isNamed = methods.test(name) && callee?.op === 'member';
    const isCatch = name === 'Catch' && callee?.op === 'import' && callee.specifier === '@nestjs/common';
    const isMiddleware =
      name === 'use' && callee?.op === 'member' && call.args.some((arg) => takesError(linked, id, arg));
    const isEvent =
      name === 'on' &&
      callee?.op === 'member' &&
      call.args.length === 2 &&
      func.code[call.args[0] ?? -1]?.op === 'const' &&
      isKoaError(linked, id, value);
    const isMap = call.names?.includes('exception_handlers') ?? false;
    if (!isGuard && !isNamed && !isCatch && !isMiddleware && !isEvent && !isMap) return;
    const file = program.modules[module] as Module;
    const shown = isMap ? 'exception_handlers' : name;
    found.push({ place: placeOf(file, call.at, call.end), call: shown, isGuard });
    const on =
      callee?.op === 'member'
        ? origin(linked, { func: id, value: calleeObject(func.code, call) })
        : undefined;
    if (on && !apps.delete(`${on.func} ${on.value}`)) elsewhere++;
  });
  for (const [module, file] of program.modules.entries()) {
    const cell = file.cells.find(({ name, owner }) => name === 'handler500' && owner === 0);
    const info = program.functions[program.firstFunc[module] ?? 0];
    if (cell && info && !isAside(frames, info))
      found.push({ place: placeOf(file, 0, 0), call: 'handler500', isGuard: false });
  }
  // A handler set on a parameter may belong to any application.
  const bare = [...(apps.size > elsewhere ? apps.values() : []), ...open];
  return {
    errorHandlers: found,
    bareApps: bare.map(({ framework, info, inst }) =>
      bareAt(program.modules[info.module] as Module, framework, inst),
    ),
  };
}

interface Bare {
  readonly framework: BareApp['framework'];
  readonly info: FuncInfo;
  readonly inst: Inst;
}

function bareAt(module: Module, framework: BareApp['framework'], { at, end }: Inst): BareApp {
  return { framework, place: placeOf(module, at, end) };
}

function calleeObject(code: readonly Inst[], call: Call): number {
  const callee = code[call.callee];
  return callee?.op === 'member' ? callee.object : -1;
}

/** `express()`, `Fastify()`: applications that by default send error details to the client. */
function bareApp(linked: Linked, func: number, call: Call): BareApp['framework'] | undefined {
  const callee = instOf(linked, origin(linked, { func, value: call.callee }));
  if (callee?.op !== 'import' || call.isDecorator) return undefined;
  const isDefault = callee.name === 'default' || callee.name === '*' || callee.name === callee.specifier;
  if (callee.specifier === 'express' && isDefault) return 'express';
  return callee.specifier === 'fastify' && (isDefault || callee.name === 'fastify') ? 'fastify' : undefined;
}

/**
 * `app.use(bulwarkErrors())`, `app.onError(bulwarkErrors())`, and Fastify's `app.register(bulwark)`, which handles errors itself.
 */
function isGuardOf(linked: Linked, func: number, method: string, arg: number): boolean {
  const made = origin(linked, { func, value: arg });
  const inst = instOf(linked, made);
  if (method === 'register') return inst?.op === 'import' && inst.specifier === 'bulwark/fastify';
  const callee =
    inst?.op === 'call' ? instOf(linked, origin(linked, { func: made.func, value: inst.callee })) : undefined;
  return (
    (method === 'use' || method === 'onError') &&
    callee?.op === 'import' &&
    callee.name === 'bulwarkErrors' &&
    callee.specifier.startsWith('bulwark/')
  );
}

/** Express treats a function of four parameters as an error handler. */
function takesError(linked: Linked, func: number, value: number): boolean {
  return linked.functions(func, value).some((id) => linked.program.functions[id]?.func.params.length === 4);
}

function isKoaError(linked: Linked, func: number, value: number): boolean {
  const call = instOf(linked, { func, value });
  const event = call?.op === 'call' ? instOf(linked, { func, value: call.args[0] ?? -1 }) : undefined;
  const callee = call?.op === 'call' ? instOf(linked, { func, value: call.callee }) : undefined;
  return (
    event?.op === 'const' &&
    event.value === 'error' &&
    callee?.op === 'member' &&
    isOfType(linked.states(func, callee.object), 'koa.App')
  );
}
