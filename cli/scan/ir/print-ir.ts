import type { Func, Inst, Module } from './ir.ts';

/**
 * The code of a module as text, for tests and to debug front ends.
 *     f(id)
 *       b0:
 *         v0 = param 0
 *         v1 = const "select "
 *         v2 = binary + v1 v0
 *         return v2
 */
export function printIr(module: Module): string {
  return module.functions.map((func) => printFunc(module, func)).join('\n');
}

function printFunc(module: Module, func: Func): string {
  const owner = func.class >= 0 ? `${module.classes[func.class]?.name}.` : '';
  const lines = [
    `${owner}${func.name || '<anonymous>'}(${func.params.map((param) => param.name).join(', ')})`,
  ];
  func.blocks.forEach((block, id) => {
    lines.push(
      `  b${id}:${block.preds.length > 0 ? ` from ${block.preds.map((pred) => `b${pred}`).join(' ')}` : ''}`,
    );
    for (const value of block.code)
      lines.push(`    v${value} = ${printInst(module, func.code[value] as Inst)}`);
    const { end } = block;
    if (end.kind === 'jump') lines.push(`    jump b${end.to}`);
    else if (end.kind === 'branch') lines.push(`    branch v${end.test} b${end.then} b${end.else}`);
    else lines.push(`    ${end.kind} v${end.value}`);
  });
  return `${lines.join('\n')}\n`;
}

function printInst(module: Module, inst: Inst): string {
  const v = (id: number): string => `v${id}`;
  switch (inst.op) {
    case 'const':
      return `const ${inst.value === undefined ? 'undefined' : JSON.stringify(inst.value)}`;
    case 'regex':
      return `regex /${inst.source}/${inst.flags}`;
    case 'param':
      return `param ${inst.index}`;
    case 'global':
      return `global ${inst.name}`;
    case 'import':
      return `import ${inst.name} from ${JSON.stringify(inst.specifier)}`;
    case 'func':
      return `func ${module.functions[inst.func]?.name || '<anonymous>'} #${inst.func}`;
    case 'class': {
      const statics = inst.names.map((name, i) => `${name}=${v(inst.values[i] ?? -1)}`);
      return ['class', module.classes[inst.class]?.name, `(${inst.bases.map(v).join(' ')})`, ...statics].join(
        ' ',
      );
    }
    case 'member':
      return `${v(inst.object)}.${inst.name}`;
    case 'index':
      return `${v(inst.object)}[${v(inst.key)}]`;
    case 'slice':
      return `slice ${v(inst.object)}${printBound('from', inst.from)}${printBound('to', inst.to)}${printBound('step', inst.step)}`;
    case 'store':
      return `${v(inst.object)} with .${inst.name} = ${v(inst.value)}`;
    case 'store-index':
      return `${v(inst.object)} with [${v(inst.key)}] = ${v(inst.value)}`;
    case 'call': {
      const args = inst.args.map((arg, i) => {
        const name = inst.names?.[i];
        return `${inst.spread?.includes(i) ? '...' : ''}${name ? `${name}=` : ''}${v(arg)}`;
      });
      const kind = inst.isNew ? 'new ' : inst.isDecorator ? 'decorate ' : inst.quasis ? 'tag ' : '';
      return `call ${kind}${v(inst.callee)}(${args.join(', ')})`;
    }
    case 'effect':
      return `${v(inst.value)} after ${v(inst.call)} arg ${inst.arg}`;
    case 'binary':
      return `binary ${inst.operator} ${v(inst.left)} ${v(inst.right)}`;
    case 'unary':
      return `unary ${inst.operator} ${v(inst.value)}`;
    case 'text':
      return `text ${inst.parts.map(v).join(' ')}`;
    case 'list':
      return `${inst.kind} ${inst.items.map((item, i) => `${inst.spread.includes(i) ? '...' : ''}${v(item)}`).join(' ')}`;
    case 'object':
      return `object ${inst.keys
        .map((key, i) => {
          const name = key === null ? '...' : typeof key === 'number' ? `[${v(key)}]: ` : `${key}: `;
          return name + v(inst.values[i] ?? -1);
        })
        .join(', ')}`;
    case 'phi':
      return `phi ${inst.inputs.map(v).join(' ')}`;
    case 'cell-load':
      return `cell ${module.cells[inst.cell]?.name}`;
    case 'cell-store':
      return `cell ${module.cells[inst.cell]?.name} := ${v(inst.value)}`;
    case 'typed':
      return `${v(inst.value)} as ${JSON.stringify(inst.type)}`;
    case 'caught':
      return inst.type < 0 ? 'caught' : `caught ${v(inst.type)}`;
    case 'await':
    case 'yield':
    case 'element':
    case 'key':
      return `${inst.op} ${v(inst.value)}`;
    case 'this':
    case 'super':
    case 'unknown':
      return inst.op;
  }
}

function printBound(name: string, value: number | undefined): string {
  return value === undefined ? '' : ` ${name} v${value}`;
}
