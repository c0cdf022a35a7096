/** The six rows of the platform's own comparison of mapping and tunnel, in its order. */
export const platformRowKeys = ['setup', 'ports', 'persistence', 'scope', 'protocol', 'security'] as const;
export type PlatformRowKey = (typeof platformRowKeys)[number];

/** What is so for this service now; each code has a sentence in the catalogues (`compare.live`). */
export const liveCodes = [
  'mapping_named',
  'mapping_unnamed',
  'mapping_waiting',
  'mapping_pending',
  'not_mapped',
  'cannot_be_mapped',
  'tunnel_open',
  'tunnel_closed',
  'tunnel_failing',
  'places_used',
  'tunnels_open',
  'holds',
  'does_not_hold',
  'anyone',
  'login_needed',
  'this_computer',
  'carries',
  'carries_not',
  'carries_all_tcp',
  'certificate',
  'certificate_expires',
  'plain_http',
  'host_key',
  'not_tested',
] as const;
export type LiveCode = (typeof liveCodes)[number];

export interface LiveValue {
  readonly code: LiveCode;
  /** Values that the sentence names. `seconds` is an age, for the window to write as it writes ages: `{{age}}`. */
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface PlatformRow {
  readonly key: PlatformRowKey;
  readonly public: LiveValue;
  readonly tunnel: LiveValue;
}
