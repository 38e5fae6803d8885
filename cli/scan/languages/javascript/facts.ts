import type { Facts } from '../language.ts';

/**
 * The facts of JavaScript and TypeScript and their libraries. The language for templates has the same facts, except for
 * those that it overrides.
 */
export const javascriptFacts: Facts = {
  isTemplate: false,
  mayBeMinified: true,
  hasBanners: true,
  regexDialect: 'ecmascript',
  runsInBrowser: 'perhaps',

  namesMayBeInherited: true,
  entriesAreMembers: true,
  membersAreReadByCall: false,
  hasKeywordArguments: false,
  argumentsMayBeLeftOut: true,
  constructsByCall: false,
  instancesAreCallable: false,
  classBodiesDeclareFields: false,
  hasSubmodules: false,
  modulesAreDefaults: true,
  packageFile: undefined,
  specialMethods: { text: 'toString', items: [] },

  plusJoinsAnything: true,
  overloadsOperators: false,
  moduloIsFloored: false,
  inFindsItems: false,
  lengthIsCall: false,
  itemsAreReceivers: true,
  lookUpsTakeDefaults: false,
  iteratesKeys: false,
  splitsAtSpace: false,
  splitKeepsRest: false,
  replacesAll: false,
  patternsAreTexts: false,
  matchIsAnchored: false,
  formatsReadMembers: false,
  joinNormalisesPaths: true,
  textsShowMembers: false,
  logsShowMembers: true,

  errorsKeepArguments: false,
  catchesByType: false,
  callbacksTakeErrors: true,

  gatesAreDecorators: false,
  injectsByDefaults: false,
  typesExistAtRunTime: false,
  wrapsResolvers: true,
  classesAreQueried: false,
  settingsAreVariables: false,
  pathsAreConventions: true,
  uploadsAreReadBy: 'middleware',
};
