/** A service is known by container and port: `{container}:{port}`. */
export const serviceId = (containerId: string, port: number): string => `${containerId}:${port}`;

/** What `serviceId` made of container and port; `undefined` for any other text. */
export function readServiceId(
  id: string,
): { readonly containerId: string; readonly port: number } | undefined {
  const colon = id.lastIndexOf(':');
  const port = Number(id.slice(colon + 1));
  return colon > 0 && Number.isInteger(port) && port > 0
    ? { containerId: id.slice(0, colon), port }
    : undefined;
}
