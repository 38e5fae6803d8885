import { javascriptFacts } from '../javascript/facts.ts';
import { findScripts } from '../javascript/find-scripts.ts';
import { npmPackageOf, scriptSpecifiers } from '../javascript/specifiers.ts';
import type { Language, ReadModule } from '../language.ts';
import { templateCommentSigns } from './comment-signs.ts';

/**
 * The language `template`: HTML pages, templates, Vue and Svelte components, and Prisma schemas. All of them are translated
 * into JavaScript.
 */
export const template: Language = {
  ...javascriptFacts,
  id: 'template',
  host: 'javascript',
  extensions: [
    'html',
    'htm',
    'jinja',
    'jinja2',
    'j2',
    'ejs',
    'hbs',
    'handlebars',
    'mustache',
    'pug',
    'njk',
    'vue',
    'svelte',
    'prisma',
  ],
  fileKinds: [],
  open: async (): Promise<ReadModule> => (await import('./read-template.ts')).readTemplate,
  commentsAt: templateCommentSigns,
  specifiersIn: scriptSpecifiers,
  findModules: findScripts,
  publicModules: () => [],
  packageOf: npmPackageOf,
  isTemplate: true,
  mayBeMinified: false,
  hasBanners: false,
  runsInBrowser: 'always',
  modulesAreDefaults: false,
  packageFile: undefined,
  pathsAreConventions: false,
  uploadsAreReadBy: undefined,
};
