import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../cli/scan/config/scan-config.ts';
import { discover } from '../../cli/scan/project/discover.ts';
import type { Project } from '../../cli/scan/project/project.ts';
import { readApp } from '../../cli/scan/testing/apps.ts';
import { readCases } from '../../cli/scan/testing/cases.ts';
import { projectOf } from '../../cli/scan/testing/project-of.ts';
import { siteCasesIn, siteMarker } from '../../cli/scan/testing/site-cases.ts';
import { repositoryFiles, root } from '../repository.ts';
import { packages } from './packages.ts';

/** What is scanned as one: `read` gives its projects by their titles. */
interface Corpus {
  readonly units: () => readonly string[];
  readonly read: (unit: string) => readonly Titled[];
  /** What is asked of each project: findings, the answers of the audit's view, or both. */
  readonly asks: { readonly findings: boolean; readonly view: boolean };
}

interface Titled {
  readonly title: string;
  readonly project: Project;
}

const findings = { findings: true, view: false };
const view = { findings: false, view: true };
const both = { findings: true, view: true };

const corpora: Readonly<Record<string, Corpus>> = {
  rules: casesBelow('cli/scan/rules/'),
  templates: casesBelow('cli/scan/languages/template/'),
  blind: casesBelow('checks/scan/blind/'),
  suite: casesBelow('checks/scan/suite/'),
  apps: appsBelow('checks/scan/apps/'),
  secure: appsBelow('checks/scan/secure/'),
  sites: { units: () => repositoryFiles('cli/scan/inventory/*.cases'), read: readSites, asks: view },
  examples: { units: exampleFolders, read: readExample, asks: both },
  packages: { units: () => Object.keys(packages), read: readPackage, asks: findings },
};

export const corpusNames: readonly string[] = Object.keys(corpora);

export function corpusOf(name: string): Corpus {
  const corpus = corpora[name];
  if (!corpus) throw new Error(`There is no corpus ${name}, but ${corpusNames.join(', ')}.`);
  return corpus;
}

function casesBelow(folder: string): Corpus {
  return {
    units: () => repositoryFiles(`${folder}*.cases`, `${folder}*.carriers`),
    read: (unit) =>
      readCases(join(root, unit)).map(({ title, files }) => ({ title, project: projectOf(files) })),
    asks: findings,
  };
}

function appsBelow(folder: string): Corpus {
  return {
    units: () => repositoryFiles(`${folder}*.app`),
    read: (unit) => [{ title: '', project: projectOf(readApp(join(root, unit)).files) }],
    asks: both,
  };
}

function readSites(unit: string): Titled[] {
  return siteCasesIn(readFileSync(join(root, unit), 'utf8')).map(({ title, files }) => ({
    title,
    project: projectOf(
      files.map(({ path, lines }) => ({
        path,
        text: lines.map((line) => line.replace(siteMarker, '')).join('\n'),
      })),
    ),
  }));
}

function exampleFolders(): string[] {
  return readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && repositoryFiles(`examples/${entry.name}/*.ts`).length > 0)
    .map(({ name }) => `examples/${name}`)
    .sort();
}

function readExample(unit: string): Titled[] {
  const top = realpathSync(root);
  return [{ title: '', project: discover({ root: top, paths: [join(top, unit)] }, defaultConfig) }];
}

function readPackage(name: string): Titled[] {
  const folder = realpathSync(join(root, 'node_modules', name));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  if (version !== packages[name])
    throw new Error(
      `${name} is installed at ${version}, and the snapshot is of ${packages[name]}: run npm ci, or enter the version of package-lock.json in checks/golden/packages.ts and write the snapshot anew.`,
    );
  return [{ title: version, project: discover({ root: folder, paths: [folder] }, defaultConfig) }];
}
