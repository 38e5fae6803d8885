import type { Linked } from '../../../callgraph/linked.ts';
import type { Module } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

const maxNames = 4000;

const parsing =
  /lexer|tokeni[sz]|parser|grammar|\bast\b|syntax|\bnlp\b|vocab|embedding|\bllm\b|openai|peek(token)?$|nexttoken/i;
const access =
  /auth(?!or)|log_?in\b|login|log_?out|sign_?in|sign_?up|jwt|jsonwebtoken|password|bearer|cookie|session_?(id|token|store|middleware)|invite|invitation|verif(y|ication)_?(token|e?mail|user|account)|oauth|^express$|fastify|^koa$|^hono$|^flask$|django|fastapi|^requests$|^axios$|^fetch$|webhook|api_?key/i;

/** Whether the names in a function's file suggest authentication. False if any suggests a parser, whose tokens are no secrets. */
export function speaksOfAccess(linked: Linked, func: number): boolean {
  const info = linked.program.functions[func];
  const module = info && linked.program.modules[info.module];
  return module !== undefined && isAboutAccess(module);
}

const isAboutAccess = memoized((module: Module): boolean => {
  if (parsing.test(module.path.replace(/body-?parser|cookie-?parser/gi, ''))) return false;
  let speaks = access.test(module.path);
  let left = maxNames;
  for (const { name } of module.cells) if (parsing.test(name) && !/body|cookie|arg/i.test(name)) return false;
  for (const func of module.functions) {
    if (parsing.test(func.name) && !/body|cookie|arg/i.test(func.name)) return false;
    speaks ||= access.test(func.name);
    for (const inst of func.code) {
      if (left-- <= 0) return speaks;
      const name =
        inst.op === 'import' ? inst.specifier : inst.op === 'member' || inst.op === 'global' ? inst.name : '';
      if (name === '') continue;
      if (parsing.test(name) && !/body-?parser|cookie-?parser|arg-?parse/i.test(name)) return false;
      speaks ||= access.test(name);
    }
  }
  return speaks;
});
