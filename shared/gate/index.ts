export { gateMark, shownGrants } from './mark.ts';
export { gatePages, type PageWords } from './page.ts';
export {
  type FoundGate,
  gateCommand,
  lookAtGateScript,
  readGate,
  removeGateScript,
  writeGateScript,
} from './scripts.ts';
