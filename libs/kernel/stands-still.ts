/**
 * Something is wrong with one subscriber, or with what it meets, that patience does not mend: it stands still where it
 * is, for everybody to see, until it is resumed. The others go on.
 */
export class StandsStill extends Error {}
