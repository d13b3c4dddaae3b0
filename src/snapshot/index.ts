export { decodeSnapshot, encodeSnapshot, FORMAT, type Snapshot } from './format.js';
export {
  compareVersions,
  findSnapshot,
  listSnapshots,
  readSnapshot,
  refuseToReplace,
  type StoredSnapshot,
  saveSnapshot,
  snapshotFile,
} from './store.js';
export { DEFAULT_STORE, type SavedSnapshot, type SnapshotOptions, snapshotInMemory, takeSnapshot } from './take.js';
