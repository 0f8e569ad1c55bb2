/**
 * [P3] Whether rows are known to be new. PostgreSQL looks for a twin before each row that may have one, which costs a
 * quarter more; `all-new` fails with a unique violation (23505) where that was wrong, and the caller goes again with care.
 */
export type Trust = 'all-new' | 'may-be-stored'
