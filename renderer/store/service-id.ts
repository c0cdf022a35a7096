/** The id of a service, as `shared/model/service.ts` makes it; written here because that file brings its schemas along. */
export const serviceIdOf = (containerId: string, port: number): string => `${containerId}:${port}`;
