const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const compilerOptions = {
  module: ModuleKind.ESNext,
  target: ScriptTarget.ES2023,
  verbatimModuleSyntax: true,
};

/** A loader for webpack. */
module.exports = function stripTypes(source) {
  return transpileModule(source, { compilerOptions }).outputText;
};
