import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';

const maxDepth = 6;
const keys = /^((globalThis|window|global)\.)?(process\.env|import\.meta\.env)$/;

/**
 * Whether a page gets all environment variables of the build as a constant: `define: { 'process.env': process.env }` in Vite and
 * esbuild, webpack's `DefinePlugin`.
 */
export function givesEnvironment(use: Use): boolean {
  const { inst } = use;
  if (inst.op === 'object')
    return inst.values.some((value, i) => keys.test(String(inst.keys[i])) && isEnvironment(use, value));
  if (inst.op !== 'call' || calleeName(use, inst) !== 'DefinePlugin') return false;
  const given = use.frame.inst(inst.args[0] ?? -1);
  return (
    given?.op === 'object' &&
    given.values.some((value, i) => !keys.test(String(given.keys[i])) && isEnvironment(use, value))
  );
}

const ofPages = /<script\b|<!doctype html|<html\b|<body\b|\bwindow\.\w+ ?=|\.html?$/i;

/**
 * Whether the function that contains the use also contains text of a web page, or the name of an HTML file: a string
 * constant with `<script`, or one that ends in `.html`.
 */
export function writesPage({ frame }: Use): boolean {
  return frame.func.code.some(
    (inst) => inst.op === 'const' && typeof inst.value === 'string' && ofPages.test(inst.value),
  );
}

/** Whether the function iterates over an object with all environment variables. The loop may leave some of them out. */
export function isGoneThrough(linked: Linked, { func, value }: Place): boolean {
  const info = linked.program.functions[func];
  return (
    info !== undefined &&
    (usersOf(info.func).of[value] ?? []).some((user) => {
      const inst = info.func.code[user];
      return inst?.op === 'element' || (inst?.op === 'member' && /^(items|keys)$/.test(inst.name));
    })
  );
}

function isEnvironment({ frame }: Use, value: ValueId): boolean {
  let place: Place | undefined = { func: frame.id, value };
  for (let depth = 0; depth < maxDepth && place; depth++) {
    const made: Place = madeBy(frame.linked, place);
    const inst = instOf(frame.linked, made);
    const at = (id: ValueId | undefined): ReturnType<typeof instOf> =>
      id === undefined ? undefined : instOf(frame.linked, { func: made.func, value: id });
    if (inst?.op === 'member') {
      const object = at(inst.object);
      return inst.name === 'env' && object?.op === 'global' && object.name === 'process';
    }
    let next: ValueId | undefined;
    if (inst?.op === 'object') next = inst.values[inst.keys.indexOf(null)];
    if (inst?.op === 'call') {
      const callee = at(inst.callee);
      const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
      const third = at(inst.args[2]);
      // Without a prefix, `loadEnv` reads all variables.
      if (name === 'loadEnv') return third?.op === 'const' && third.value === '';
      if (name === 'stringify') next = inst.args[0];
    }
    place = next === undefined ? undefined : { func: made.func, value: next };
  }
  return false;
}
