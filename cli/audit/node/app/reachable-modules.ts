import type { Node } from 'oxc-parser';
import { stringOf } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { Subject } from '../../subject/subject.ts';
import type { Evaluator } from '../read/evaluate.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { autoloadedBy } from './autoload.ts';
import type { ModuleLoader } from './module-loader.ts';
import type { NodeApplication } from './node-application.ts';

const mostGaps = 20;

/** The modules that these files import, with them, and what could not be followed. */
export function reachableModules(
  starts: readonly string[],
  loader: ModuleLoader,
  evaluator: Evaluator,
  subject: Subject,
): Pick<NodeApplication, 'modules' | 'gaps' | 'autoloaded'> {
  const modules = new Map<string, ModuleFile>();
  const gaps = new Set<string>();
  const autoloaded = new Set<string>();
  const waiting = [...starts].reverse();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    const file = loader.open(path);
    if (file === undefined) {
      gaps.add(
        loader.isFull()
          ? 'The project has more modules than are read; some were left out.'
          : `${path} could not be read or parsed.`,
      );
      continue;
    }
    modules.set(path, file);
    for (const { specifier, node } of importedBy(file)) {
      if (specifier === undefined) {
        const where = `${path}:${file.lineOf(node)}`;
        if (isPackageByName(node)) continue;
        gaps.add(`${where} loads a module whose name is computed.`);
        continue;
      }
      const target = loader.resolve(path, specifier);
      if (target.kind === 'file' && /\.[cm]?[jt]sx?$/.test(target.path)) waiting.push(target.path);
      else if (target.kind === 'missing' && mayBeCode(specifier))
        gaps.add(`${path} imports ${specifier.slice(0, 80)}, which was not found.`);
    }
    for (const plugin of autoloadedBy(file, evaluator, subject)) {
      autoloaded.add(plugin);
      waiting.push(plugin);
    }
  }
  return { modules: [...modules.values()], gaps: [...gaps].slice(0, mostGaps), autoloaded };
}

interface ImportedModule {
  readonly specifier: string | undefined;
  readonly node: Node;
}

function importedBy(file: ModuleFile): ImportedModule[] {
  return file.nodes.flatMap((node): ImportedModule[] => {
    switch (node.type) {
      case 'ImportDeclaration':
        return node.importKind === 'type' ? [] : [{ specifier: node.source.value, node }];
      case 'ExportNamedDeclaration':
        return node.source && node.exportKind !== 'type' ? [{ specifier: node.source.value, node }] : [];
      case 'ExportAllDeclaration':
        return node.exportKind === 'type' ? [] : [{ specifier: node.source.value, node }];
      case 'TSImportEqualsDeclaration':
        return node.moduleReference.type === 'TSExternalModuleReference'
          ? [{ specifier: node.moduleReference.expression.value, node }]
          : [];
      case 'ImportExpression':
        return [{ specifier: stringOf(node.source), node }];
      case 'CallExpression': {
        const isRequire =
          node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments.length === 1;
        return isRequire && !file.declarations.find('require', node)
          ? [{ specifier: stringOf(node.arguments[0]), node }]
          : [];
      }
      default:
        return [];
    }
  });
}

/** A list of dependencies that is checked or loaded at start is none of the project's own code. */
function isPackageByName(node: Node): boolean {
  return (
    node.type === 'ImportExpression' &&
    node.source.type === 'TemplateLiteral' &&
    /^@?[\w-]/.test(node.source.quasis[0]?.value.raw ?? '')
  );
}

function mayBeCode(specifier: string): boolean {
  return (
    !/\.(?:json|css|scss|sass|less|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|md|mdx|graphql|gql|html|txt|wasm|node|yaml|yml|vue|svelte)(?:\?.*)?$/.test(
      specifier,
    ) && !/(?:^|\/)(?:generated|\.generated|prisma\/client)(?:\/|$)|\.prisma/.test(specifier)
  );
}
