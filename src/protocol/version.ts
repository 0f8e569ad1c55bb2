/** Raised whenever a shape below `src/protocol` changes in a way that an older side can't read. */
export const PROTOCOL_VERSION = 1
