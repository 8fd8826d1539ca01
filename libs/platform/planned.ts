import { aggregates } from '@rapport/domain';
import { policies } from '@rapport/policies';
import { questions, readModels, rollups } from '@rapport/read-models';

/** The lists that are the whole product: what every host opens, whatever it is kept on. */
export const planned = { aggregates, readModels, rollups, questions, policies } as const;
