import about from '../../../package.json' with { type: 'json' };

/** Of the program that runs. */
export const version: string = about.version;
