import { declaredIn, Rebuilds, type Crew, type Party } from '@rapport/kernel';
import type { Application } from '../application';
import type { Place } from '../opening';
import { openBeside } from './beside';
import { openCrew, type RebuildsHow } from './crew';
import { partyIn } from './party';

/** Where read models are built anew: everything that is needed for it, opened. */
export interface Workshop {
  readonly application: Application;
  readonly rebuilds: Rebuilds;
  close(): Promise<void>;
}

/** Beside whoever runs in this place. Throws what `openBeside` throws. */
export const openWorkshop = async (place: Place, by: string, how: RebuildsHow = {}): Promise<Workshop> => {
  const application = await openBeside(place, how.driver ? { driver: how.driver } : {});
  try {
    const { rebuilds, crew } = await rebuildsOf(application, place, by, how);
    const close = async () => {
      await crew.close();
      await application.stop();
    };
    return { application, rebuilds, close };
  } catch (error) {
    await application.stop();
    throw error;
  }
};

/** Those of an application that runs. The crew is closed by whoever asked for it. */
export const rebuildsOf = async (
  application: Application,
  place: Place | null,
  by: string,
  how: RebuildsHow = {},
): Promise<{ readonly rebuilds: Rebuilds; readonly crew: Crew }> => {
  const { rows, store, plan } = application;
  const party: Party = partyIn(place, application, by);
  const crew = await openCrew(place, application, party, how);
  const declared = declaredIn(plan.readModels, plan.rollups);
  return { crew, rebuilds: new Rebuilds({ rows, store }, declared, crew, party, how.still) };
};
