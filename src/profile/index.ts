export { isBinned } from './bins.js';
export * from './parameters.js';
export { profileTable } from './profile.js';
