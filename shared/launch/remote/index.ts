export { readRemoteCall, remoteScript } from './call.ts';
export { findFolders, lastingFolders } from './folders.ts';
export { listScript } from './list-script.ts';
export { logScript, searchScript } from './log-scripts.ts';
export { membersOf, type ProcessOfLaunch, stateOf } from './processes.ts';
export { type LaunchListing, readLaunchList } from './read-list.ts';
export { readLogPart, readMatches } from './read-log.ts';
export { removeScript, signalScript } from './signal-script.ts';
export { againScript, type NewHost, startScript } from './start-script.ts';
