import { visible } from '../../finding/visible.ts';
import { isTestPath } from '../../scan/project/path-purpose.ts';

/** Files of programs and templates that the scanner does not read, and so may hold any of the places. */
const unread: ReadonlyMap<string, string> = new Map(
  (
    'php PHP,phtml PHP,rb Ruby,erb Ruby templates,haml Ruby templates,slim Ruby templates,java Java,jsp Java templates,ftl Java templates,' +
    'kt Kotlin,scala Scala,go Go,gohtml Go templates,tmpl Go templates,cs C#,cshtml Razor,vbhtml Razor,aspx ASP.NET,rs Rust,ex Elixir,exs Elixir,' +
    'eex Elixir templates,heex Elixir templates,leex Elixir templates,pl Perl,pm Perl,lua Lua,twig Twig,liquid Liquid,mako Mako,coffee CoffeeScript,' +
    'dust Dust,eta Eta,marko Marko,astro Astro,mdx MDX,pyx Cython,ipynb notebooks,swift Swift,dart Dart,clj Clojure,erl Erlang,cfm ColdFusion'
  )
    .split(',')
    .map((one): [string, string] => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]),
);

/** Alembic's template of a migration is run by a developer. */
const isOfTool = /(^|\/)script\.py\.mako$/;

const maxExamples = 3;

/** A sentence for each language among the files of a project that is not read. */
export function unreadLanguages(own: readonly string[]): string[] {
  const found = new Map<string, string[]>();
  for (const path of own) {
    const language = unread.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
    if (language === undefined || isTestPath(path) || isOfTool.test(path)) continue;
    const paths = found.get(language) ?? [];
    paths.push(path);
    found.set(language, paths);
  }
  return [...found].map(([language, paths]) => {
    const more = paths.length > maxExamples ? `, and ${paths.length - maxExamples} more` : '';
    return `Files of ${language} are not read: ${paths.slice(0, maxExamples).map(visible).join(', ')}${more}.`;
  });
}
