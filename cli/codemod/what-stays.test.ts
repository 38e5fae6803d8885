import { describe, expect, it } from 'vitest';
import { codemodProjects } from './testing/try-codemod.ts';

const { project, run } = codemodProjects();

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const head = "import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\n";
const manifest = '{"dependencies":{"express":"5","helmet":"8"}}';

function dependencies(files: Readonly<Record<string, string>>): object {
  return JSON.parse(files['package.json'] ?? '').dependencies;
}

describe('comments stay', () => {
  it('of options that are replaced, above the statement', () => {
    const app =
      'const cors = require("cors"); // of the shop\nconst make = (app) => {\n  app.use(cors({\n    origin: "https://a.example", // http://not-a-comment\n    methods: ["GET"], /* reads */\n  })); // last\n};\n';
    const { files } = run('cors', project({ 'app.js': crlf(app) }));
    expect(files['app.js']).toBe(
      crlf(
        'const { routeCors } = require("bulwark/express"); // of the shop\nconst make = (app) => {\n  // http://not-a-comment\n  /* reads */\n  app.use(routeCors({\n    origins: ["https://a.example"],\n    methods: ["GET"],\n    headers: ["Content-Type", "Authorization"],\n  })); // last\n};\n',
      ),
    );
  });

  it('of statements that are removed', () => {
    const app =
      "const csurf = require('csurf');\nconst { bulwark } = require('bulwark/express');\nmodule.exports = (app) => {\n  app.use(bulwark());\n  app.use(csurf(/* in a cookie */ { cookie: true }));\n};\n";
    const { files } = run('csurf', project({ 'app.js': app }));
    expect(files['app.js']).toContain('  /* in a cookie */\n};\n');
  });

  it('of an argument that is kept, in its place', () => {
    const app = `import sanitizeHtml from 'sanitize-html';
export const a = (t) => \`
\${sanitizeHtml(t.map(/* all */ String).join(''), /* text */ { allowedTags: [] })}\`;
`;
    const { files } = run('sanitize-html', project({ 'app.mjs': app }));
    expect(files['app.mjs']).toContain(
      `/* text */
export const a = (t) => \`
\${render(sanitize(t.map(/* all */ String).join(''), 'text'))}\`;
`,
    );
  });

  it('behind an import that stays', () => {
    const app = head.replace("'helmet';", "'helmet'; // headers");
    const { files } = run('helmet', project({ 'app.mjs': `${app}app.use(helmet());\nhelmet.hsts();\n` }));
    expect(files['app.mjs']).toContain(
      "import helmet from 'helmet'; // headers\nimport { bulwark } from 'bulwark/express';\n",
    );
  });
});

describe('the style of a file stays', () => {
  it('its double quotes and CRLF, in a preset', () => {
    const app =
      'const sanitizeHtml = require("sanitize-html");\nmodule.exports = (t) => sanitizeHtml(t, { allowedTags: ["b"] });\n';
    const text = run('sanitize-html', project({ 'app.js': crlf(app) })).files['app.js'] ?? '';
    expect(text).toContain('const keptMarkup = preset("article", {\r\n  tags: ["b"],');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\n']/);
  });

  it('imports, beside `import = require()` of TypeScript', () => {
    const app =
      "import express = require('express');\nimport helmet = require('helmet');\nconst app = express();\napp.use(helmet());\nexport = app;\n";
    const text = run('helmet', project({ 'app.ts': app })).files['app.ts'];
    expect(text).toContain(
      "import express = require('express');\nimport { bulwark } from 'bulwark/express';\n",
    );
  });
});

describe('a library stays in package.json', () => {
  it.each([
    ['app.ts', "import type { HelmetOptions } from 'helmet';\nexport const options: HelmetOptions = {};\n"],
    [
      'types/app.d.ts',
      "import type { HelmetOptions } from 'helmet';\nexport type Options = HelmetOptions;\n",
    ],
  ])('where only %s needs a type of it', (path, text) => {
    const folder = project({
      'app.mjs': `${head}app.use(helmet());\n`,
      [path]: text,
      'package.json': manifest,
    });
    const { code, files } = run('helmet', folder);
    expect(code).toBe(0);
    expect(files[path]).toBe(text);
    expect(dependencies(files)).toMatchObject({ helmet: '8' });
    expect(run('helmet', folder).text).toBe(
      `Nothing to change: helmet is imported, but never called, in ${path}.\n`,
    );
  });

  it('where one statement brings in more', () => {
    const app =
      "const helmet = require('helmet'), express = require('express');\nconst app = express();\napp.use(helmet());\n";
    const { code, text, files } = run('helmet', project({ 'app.js': app, 'package.json': manifest }));
    expect(code).toBe(1);
    expect(text).toContain('app.js:1: Nothing else uses helmet. Remove it from this statement.');
    expect(dependencies(files)).toMatchObject({ helmet: '8' });
  });
});

describe('an application of Nest stays as it is', () => {
  it.each([
    ['helmet', 'BulwarkModule sends the headers'],
    ['cors', 'set the option cors of BulwarkModule'],
  ])('with %s', (library, why) => {
    const main = `import { NestFactory } from '@nestjs/core';\nimport library from '${library}';\nimport { AppModule } from './app.module.js';\nconst app = await NestFactory.create(AppModule);\napp.use(library());\nawait app.listen(3000);\n`;
    const { code, text, files } = run(library, project({ 'main.ts': main }));
    expect([code, files['main.ts']]).toEqual([1, main]);
    expect(text).toContain(why);
  });
});
