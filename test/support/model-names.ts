import { planned } from '@rapport/platform';

/** `value` as it is called now: `value@2`. */
export const modelNamed = (question: string): string => {
  const found = planned.readModels.find((model) => model.question === question);
  if (!found) throw new Error(`there is no read model ${question}`);
  return found.name;
};
