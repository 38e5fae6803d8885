import type { Linker } from '../linker.ts';

/** Methods of a class that return instances of it, in Sequelize, TypeORM, Objection and peewee. */
const finders: ReadonlySet<string> = new Set([
  'findByPk',
  'findOne',
  'findAll',
  'findOneBy',
  'findOneByOrFail',
  'findBy',
  'findById',
  'get_by_id',
  // A method of named tuples.
  '_make',
  'get_or_none',
]);

/** Functions and methods that return the records of a class in their argument. Those in `running` also accept a statement. */
const running: ReadonlySet<string> = new Set(['scalars', 'scalar', 'execute', 'exec', 'stream_scalars']);
const asking: ReadonlySet<string> = new Set([
  ...running,
  'get',
  'query',
  'select',
  'get_or_404',
  'get_one',
  'get_object_or_404',
  'get_list_or_404',
  'getRepository',
]);

/** Names of the functions and methods of object-relational mappers that return database records, such as `findByPk`. */
export const recordMethods: ReadonlySet<string> = new Set([...finders, ...asking]);

/** Functions that return a copy of their argument with other fields. */
const copying: ReadonlySet<string> = new Set(['replace', 'evolve']);

/**
 * Makes the database records that a call of an object-relational mapper may return flow into the call's node. These are
 * instances of the receiver's class, as for `User.findByPk(id)`, or of the class in the first argument, as for
 * `session.get(User, id)`.
 */
export function findRecords(
  linker: Linker,
  name: string,
  receiver: number | undefined,
  args: readonly number[],
  node: number,
): void {
  const [first] = args;
  // `User.findByPk(id)`, `session.get(User, id)`, `select(User)`, `session.scalars(select(User))`
  if (receiver !== undefined && finders.has(name)) recordsInto(linker, receiver, node);
  // `replace(entry, given=x)` for data classes and attrs, imported by name.
  if (receiver === undefined && first !== undefined && copying.has(name)) linker.graph.edge(first, node);
  if (first === undefined || !asking.has(name)) return;
  recordsInto(linker, first, node);
  if (!running.has(name)) return;
  linker.graph.listen(first, (token) => {
    if (linker.tokens.get(token).kind === 'instance') linker.graph.add(node, token);
  });
}

/** Adds instances of classes in the project. For classes of libraries, the models say what a call returns. */
function recordsInto({ graph, tokens }: Linker, classes: number, node: number): void {
  graph.listen(classes, (token) => {
    const { kind, ref } = tokens.get(token);
    if (kind === 'class') graph.add(node, tokens.of('instance', ref));
  });
}
