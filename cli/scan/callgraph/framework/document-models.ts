import type { Call, Inst } from '../../ir/ir.ts';
import {
  documentFinders,
  documentHost,
  documentPackages,
  modelMakers,
  schemaAdders,
  schemaHooks,
  schemaParts,
} from '../../libraries/javascript/database/document-models.ts';
import { paramNode } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { field } from '../members.ts';
import { type FuncInfo, languageAt, literalText } from '../program.ts';

/** The state of this pass: the tokens that it has created. */
interface Models {
  readonly linker: Linker;
  readonly schemas: Set<number>;
  /** By the token of a model: that of its documents. */
  readonly models: Map<number, number>;
  readonly documents: Set<number>;
  /** By name: the node whose points-to set has the models of that name. */
  readonly named: Map<string, number>;
}

/**
 * Links the members of Mongoose schemas to the models made of these schemas, also in other files, and to the documents of
 * the models. A schema gets members from `schema.statics.byToken = function ...`, `schema.method('check', fn)`, its
 * options, and a class that it loads.
 */
export function linkDocumentModels(linker: Linker): void {
  const { program, graph } = linker;
  if (!program.instructions.some('import', ({ specifier }) => documentPackages.has(specifier))) return;
  const it: Models = {
    linker,
    schemas: new Set(),
    models: new Map(),
    documents: new Set(),
    named: new Map(),
  };
  program.instructions.each('call', (inst, info, value) => {
    if (languageAt(program, info.module).host !== documentHost) return;
    makeSchema(it, info, inst, info.firstValue + value);
    injectModel(it, info, inst, value);
    const callee = info.func.code[inst.callee];
    const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
    if (modelMakers.has(name)) makeModel(it, info, inst, info.firstValue + value);
    if (callee?.op === 'member') callMember(it, info, inst, callee, info.firstValue + value);
    if (inst.isNew) {
      // `new User({ name })`
      graph.listen(info.firstValue + inst.callee, (token) => {
        const document = it.models.get(token);
        if (document !== undefined) graph.add(info.firstValue + value, document);
      });
    }
  });
  const { packages, states: all } = linker.api(documentHost);
  const states = (packages.get('mongoose') ?? []).flatMap((id) => all[id]?.members.get('Model') ?? []);
  // NestJS: `MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])`
  program.instructions.each('object', ({ keys, values }, info) => {
    const [name, schema] = [values[keys.indexOf('name')], values[keys.indexOf('schema')]];
    const known = name === undefined ? undefined : modelName(it, info, name);
    if (known === undefined || schema === undefined) return;
    addModel(it, info, schema, nodeOf(it, known));
    linker.addStates(states, nodeOf(it, known));
  });
  // `mongoose.models.User`
  program.instructions.each('member', ({ object, name }, info, value) => {
    const models = info.func.code[object];
    const isModels = (models?.op === 'member' || models?.op === 'import') && models.name === 'models';
    if (isModels) ifState(it, info, value, 'mongoose.Model', () => takeNamed(it, info, value, name));
  });
}

/** Calls `tell` once if a value may be of this library type. */
function ifState({ linker }: Models, info: FuncInfo, value: number, name: string, tell: () => void): void {
  let isTold = false;
  linker.graph.listen(info.firstValue + value, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (isTold || kind !== 'state' || linker.apiOf(info.module).states[ref]?.type !== name) return;
    isTold = true;
    tell();
  });
}

function takeNamed(it: Models, info: FuncInfo, value: number, name: string): void {
  it.linker.graph.edge(nodeOf(it, name), info.firstValue + value);
}

function nodeOf({ linker, named }: Models, name: string): number {
  const known = named.get(name);
  if (known !== undefined) return known;
  const node = linker.graph.node();
  named.set(name, node);
  return node;
}

/** `new Schema({ ... }, { statics: { ... } })`, `SchemaFactory.createForClass(User)` */
function makeSchema(it: Models, info: FuncInfo, inst: Inst & Call, node: number): void {
  const { linker, schemas } = it;
  ifState(it, info, inst.callee, 'mongoose.SchemaMaker', () => {
    const { graph, tokens } = linker;
    const schema = tokens.of('object', node);
    schemas.add(schema);
    const [, options] = inst.args;
    for (const part of schemaParts) {
      const held = field(linker, schema, part);
      graph.add(held, tokens.of('object', graph.node()));
      if (options !== undefined && inst.isNew)
        graph.edge(linker.memberOf(info.module, info.firstValue + options, part), held);
    }
    graph.add(node, schema);
  });
}

/** `model('User', schema)` makes a model, `model('User')` finds it. */
function makeModel(it: Models, info: FuncInfo, inst: Inst & Call, node: number): void {
  const [first, second] = inst.args;
  const name = first === undefined ? undefined : modelName(it, info, first);
  // Also the method of a document: `this.model('User')`.
  if (second === undefined && name !== undefined) takeNamed(it, info, node - info.firstValue, name);
  if (second === undefined) return;
  ifState(it, info, node - info.firstValue, 'mongoose.Model', () => {
    addModel(it, info, second, node);
    if (name !== undefined) it.linker.graph.edge(node, nodeOf(it, name));
  });
}

/** The name of a model: a string, or the name of a class, `User.name`. */
function modelName({ linker }: Models, { func, module }: FuncInfo, value: number): string | undefined {
  const inst = func.code[value];
  if (inst?.op !== 'member') return literalText(func, value);
  const owner = inst.name === 'name' ? func.code[inst.object] : undefined;
  if (owner?.op === 'cell-load') return linker.program.modules[module]?.cells[owner.cell]?.name;
  return owner?.op === 'import' ? owner.name : undefined;
}

/** `@InjectModel(User.name) private readonly users: Model<User>` */
function injectModel(it: Models, info: FuncInfo, inst: Call, value: number): void {
  const inner = inst.isDecorator ? info.func.code[inst.callee] : undefined;
  const callee = inner?.op === 'call' ? info.func.code[inner.callee] : undefined;
  if (inner?.op !== 'call' || callee?.op !== 'import' || callee.name !== 'InjectModel') return;
  const [first] = inner.args;
  const name = first === undefined ? undefined : modelName(it, info, first);
  if (name !== undefined) takeNamed(it, info, value, name);
}

/** Adds a new model of a schema to a node. */
function addModel(it: Models, info: FuncInfo, schemaValue: number, node: number): void {
  const { linker } = it;
  const { graph, tokens } = linker;
  const [model, document] = [tokens.of('object', graph.node()), tokens.of('object', graph.node())];
  const [statics, methods, query] = [graph.node(), graph.node(), graph.node()];
  linker.inheritance.addParent(model, { node: statics, as: 'same' });
  linker.inheritance.addParent(document, { node: methods, as: 'same' });
  linker.inheritance.addParent(document, { node: query, as: 'same' });
  it.models.set(model, document);
  it.documents.add(document);
  graph.edge(node, field(linker, document, 'constructor'));
  listenSchemas(it, info, schemaValue, (schema) => {
    graph.add(node, model);
    graph.edge(field(linker, schema, 'statics'), statics);
    graph.edge(field(linker, schema, 'methods'), methods);
    graph.edge(field(linker, schema, 'query'), query);
    graph.add(field(linker, schema, hookReceiver), document);
  });
}

/** The member of a schema that holds the receivers of its hooks. No name in a program contains NUL. */
const hookReceiver = '\0document';

function listenSchemas(
  { linker, schemas }: Models,
  info: FuncInfo,
  value: number,
  tell: (schema: number) => void,
): void {
  const told = new Set<number>();
  linker.graph.listen(info.firstValue + value, (token) => {
    if (!schemas.has(token) || told.has(token)) return;
    told.add(token);
    tell(token);
  });
}

/** Handles a method call on a schema, a model or a document. */
function callMember(
  it: Models,
  info: FuncInfo,
  inst: Call,
  { name, object }: Inst & { readonly op: 'member' },
  node: number,
): void {
  const { linker, models, documents } = it;
  const { graph } = linker;
  const [first, second] = inst.args;
  const part = schemaAdders.get(name);
  if (first !== undefined && part !== undefined)
    listenSchemas(it, info, object, (schema) => {
      const key = literalText(info.func, first);
      const held = field(linker, schema, part);
      if (second === undefined || key === undefined) graph.edge(info.firstValue + first, held);
      else graph.listen(held, (token) => graph.edge(info.firstValue + second, field(linker, token, key)));
    });
  // Static methods of the class become members of the model, the other methods members of its documents.
  if (first !== undefined && name === 'loadClass')
    listenSchemas(it, info, object, (schema) => {
      graph.edge(info.firstValue + first, field(linker, schema, 'statics'));
      linker.instancesInto(info.module, info.firstValue + first, field(linker, schema, 'methods'));
    });
  if (first !== undefined && name === 'plugin')
    listenSchemas(it, info, object, (schema) => giveTo(it, info, first, 0, schema));
  if (schemaHooks.has(name)) listenSchemas(it, info, object, (schema) => hook(it, info, inst, schema));
  if (!documentFinders.has(name)) return;
  const last = inst.args.at(-1);
  graph.listen(info.firstValue + object, (token) => {
    const document = models.get(token) ?? (documents.has(token) ? token : undefined);
    if (document === undefined) return;
    graph.add(node, document);
    // `User.findOne({ name }, (error, user) => ...)`
    if (last !== undefined) giveTo(it, info, last, 1, document);
  });
}

/** Passes a token to one parameter of the functions that a value may be. */
function giveTo({ linker }: Models, info: FuncInfo, value: number, index: number, given: number): void {
  linker.graph.listen(info.firstValue + value, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    const param = kind === 'func' ? paramNode(linker.func(ref), index) : undefined;
    if (param !== undefined) linker.graph.add(param, given);
  });
}

/** `this` in a hook is a document. */
function hook({ linker }: Models, info: FuncInfo, { args }: Call, schema: number): void {
  for (const arg of args) {
    linker.graph.listen(info.firstValue + arg, (token) => {
      const { kind, ref } = linker.tokens.get(token);
      if (kind === 'func') linker.graph.edge(field(linker, schema, hookReceiver), linker.receiver(ref));
    });
  }
}
