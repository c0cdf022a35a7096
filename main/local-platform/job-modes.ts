import type { JobRecord } from './state.ts';

/** Workspaces stay until they are stopped and offer SSH; everything else runs to an end by itself. */
export const hasShell = ({ mode }: Pick<JobRecord, 'mode'>): boolean => mode.endsWith('WORKSPACE');
