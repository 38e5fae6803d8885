import type { ErrorHandler } from '../../audit/subject/code-view.ts';
import { placeOf } from '../findings.ts';
import type { Module } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { instOf, madeBy } from '../rule/made-by.ts';
import { isAside, type SiteSearch } from './site-search.ts';

const methods =
  /^(setErrorHandler|onError|errorhandler|register_error_handler|exception_handler|add_exception_handler|app_errorhandler|useGlobalFilters)$/;

/** Where a program says how errors are answered. */
export function errorHandlers({ frames }: SiteSearch): ErrorHandler[] {
  const { linked } = frames;
  const { program } = linked;
  const found: ErrorHandler[] = [];
  program.instructions.each('call', (call, info, value) => {
    if (isAside(frames, info)) return;
    const { id, func, module } = info;
    const callee = instOf(linked, madeBy(linked, { func: id, value: call.callee }));
    const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
    const isGuard =
      callee?.op === 'import' && name === 'bulwarkErrors' && callee.specifier.startsWith('bulwark/');
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
    if (!isGuard && !isNamed && !isCatch && !isMiddleware && !isEvent) return;
    const file = program.modules[module] as Module;
    found.push({ place: placeOf(file, call.at, call.end), call: name, isGuard });
  });
  for (const [module, file] of program.modules.entries()) {
    const cell = file.cells.find(({ name, owner }) => name === 'handler500' && owner === 0);
    const info = program.functions[program.firstFunc[module] ?? 0];
    if (cell && info && !isAside(frames, info))
      found.push({ place: placeOf(file, 0, 0), call: 'handler500', isGuard: false });
  }
  return found;
}

/** Express calls what has four parameters with the error first. */
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
    linked.states(func, callee.object).some(({ name }) => /^koa\.App/.test(name))
  );
}
