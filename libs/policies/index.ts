import type { Policy } from '@rapport/kernel';

/** The door for the host: what we do when something has happened. */
export const policies: readonly Policy[] = [];
