import { ERASED, fieldsOf, type Class, type MessageClasses, type RecordedEvent } from '@rapport/kernel';

/** What stands in the place of what a person may not read. */
const SEALED = '(sealed)';

/** The data of events without what names a person. Of a type that this program does not know nothing was opened. */
export const masking = (events: readonly MessageClasses[]): ((event: RecordedEvent) => object) => {
  const classes: ReadonlyMap<string, Class> = new Map(events.flatMap((some) => Object.entries(some)));
  return ({ type, data }) => {
    const messageClass = classes.get(type);
    const masked: Record<string, unknown> = { ...data };
    for (const { name, subject } of messageClass ? fieldsOf(messageClass) : [])
      if (subject !== undefined && name in masked && masked[name] !== ERASED) masked[name] = SEALED;
    return masked;
  };
};
