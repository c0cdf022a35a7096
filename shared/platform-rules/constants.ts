/** Ports that the platform keeps for itself and never maps (its page on port mapping). */
export const reservedPorts: readonly number[] = [22, 5901, 6006, 6637, 7088, 8888];

/** Most custom mappings that one container can have (its page on port mapping). */
export const maxMappings = 5;

/** Most characters in one label of a host name (RFC 1035, section 2.3.4). */
export const maxLabelLength = 63;

export const maxPort = 65_535;
