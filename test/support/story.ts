import { hydrate, type Actor, type Class } from '@rapport/kernel';
import { openAt, placeIn, settingsFrom, type Application } from '@rapport/platform';
import { realLog } from './log-places';

export interface Story {
  readonly application: Application;
  /** It is now this moment: what has come due by then fires together. */
  at(time: string): Promise<void>;
  /** Time goes by until this moment, from one due timer to the next. */
  until(time: string): Promise<void>;
  /** Sends a command now, and waits for all that follows from it. */
  send(messageClass: Class, data: object, role?: string): Promise<void>;
}

/**
 * The whole product in memory, or in a folder, or where settings say, with a clock that the story sets. Where a real server
 * is named, its log is there.
 */
export const storyFrom = async (
  start: string,
  teller: Actor,
  folder: string | null = null,
  settings: Readonly<Record<string, string>> = {},
): Promise<Story> => {
  let now = start;
  let sent = 0;
  const place = { ...placeIn(settingsFrom({ ...realLog(), ...settings })), folder };
  const application = await openAt(place, { now: () => now });
  await application.start();
  const fire = async (time: string): Promise<void> => {
    now = time;
    await application.timers.fire(time);
    await application.settle();
  };
  return {
    application,
    at: fire,
    until: async (time) => {
      for (let due = await application.timers.next(); due !== null && due <= time;) {
        await fire(due);
        due = await application.timers.next();
      }
      now = time;
    },
    send: async (messageClass, data, role = teller.role) => {
      const commandId = `story-${sent++}`;
      const envelope = {
        commandId,
        correlationId: commandId,
        actor: { id: teller.id, role },
        source: 'STORY',
        now,
      };
      await application.execute(hydrate(messageClass, data), envelope);
      await application.settle();
    },
  };
};
