/** `tidemark.yaml` -> typed settings, with the place of everything that is wrong; expressions over saved parameters. */

export { type ConfigDocument, type Path, parseConfigDocument } from './document.js';
export { type ExpectationEntry, readEntries, type Severity } from './entries.js';
export { type Expression, type ExpressionForm, parseExpression } from './expression.js';
export { ExpressionError } from './expression-error.js';
export { didYouMean, nearest } from './nearest.js';
export {
  canonicalParameter,
  missingParameter,
  noOwnColumn,
  PARAMETER_NAMES,
  quantileRank,
  unknownColumn,
} from './parameter-names.js';
export {
  type BindContext,
  type BoundKwargs,
  bindKwargs,
  evaluate,
  LITERAL_KWARGS,
  type ParameterLookup,
  type ParameterValue,
} from './parameters.js';
export { decodeConfigText, readConfigText } from './read-text.js';
export * from './schema.js';
export { maskSecrets } from './secrets.js';
export {
  type DriftSettings,
  loadSettings,
  parseSettings,
  resolveSource,
  type Settings,
  type SourceSettings,
} from './settings.js';
export { throwProblems } from './yaml-problems.js';
