import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { optionTakers } from './option-takers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What takes a record that is no options: a client, a table, an event, an error, a value of the guard itself. */
const otherRecords =
  /^(?:Misuse|Refusal|DatabaseError|cspReportHandler|driverErrorOf|for[A-Z]\w+|fromDrizzle|readJson|toEcs|toOcsf|loggerSink 0|\w+Options 0|expectRefusal|configure)/;
/** bulwark/dom runs in browsers, where checks/dom tests it. Its options are read by `ownOptions`. */
const inBrowsers: readonly string[] = ['dom'];

it('every exported function with options is in the table', { timeout: 120_000 }, () => {
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|\/)index\.ts$/.test(path) && !/(?:^|\/)(?:dist|node_modules)\//.test(path))
    .map((path) => join(root, 'lib', path));
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram(files, { ...options, noEmit: true, skipLibCheck: true });
  const found = files.flatMap((file) => optionsIn(program, file));
  expect(found.length).toBeGreaterThan(40);
  const known = new Set(optionTakers.map(({ name }) => name));
  expect([...new Set(found)].filter((name) => !known.has(name))).toEqual([]);
});

/** `sql/pg guardPg` for each function whose parameter is called `options`, or is a record of optional fields. */
function optionsIn(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file) as ts.SourceFile;
  const module = checker.getSymbolAtLocation(source);
  const path = relative(join(root, 'lib'), dirname(file));
  if (!module || inBrowsers.includes(path)) return [];
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & ts.SymbolFlags.Value) || otherRecords.test(exported.name)) return [];
    const type = checker.getTypeOfSymbolAtLocation(symbol, source);
    const own: [string, ts.Type][] = [[exported.name, type]];
    if (exported.name === 'sql') {
      for (const method of type.getProperties())
        own.push([`sql.${method.name}`, checker.getTypeOfSymbolAtLocation(method, source)]);
    }
    return own.filter(([, each]) => takesOptions(checker, each, source)).map(([name]) => `${path} ${name}`);
  });
}

function takesOptions(checker: ts.TypeChecker, type: ts.Type, at: ts.Node): boolean {
  return type.getCallSignatures().some((signature) =>
    signature.getParameters().some((parameter) => {
      const given = checker.getTypeOfSymbolAtLocation(parameter, at);
      const parts = given.isUnion() ? given.types : [given];
      return parts.some((part) => {
        const fields = part.getProperties();
        if (part.getCallSignatures().length > 0 || fields.length === 0 || fields.length > 40) return false;
        if (!(part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return false;
        if (/^(?:options|changes|init)$/.test(parameter.name)) return true;
        return fields.every((field) => field.flags & ts.SymbolFlags.Optional) && parts.length <= 2;
      });
    }),
  );
}
