/** Raised whenever a shape below `src/protocol` changes in a way that an older side can't read. */
export const PROTOCOL_VERSION = 2

/** [P7] The least version that may read changes. Nothing gates pushing. */
export const LEAST_PULL_PROTOCOL = 2
