import { integer, projection, rollup } from '@rapport/kernel';
import { jarEvents } from './jars';

interface Mood {
  cannotRead: (jarId: string, drops: number) => Error | null;
  /** It cannot be told which row the event concerns. */
  cannotPlace: (jarId: string, drops: number) => Error | null;
}
/** A read model of jars, with a past and figures, which cannot read what `cannotRead` answers an error for. */
export const moodyJars = (name = 'moody') => {
  const mood: Mood = { cannotRead: () => null, cannotPlace: () => null };
  const model = projection(jarEvents, {
    ...{ name, version: 1, about: 'What is in each jar, if it can be told?', key: 'jarId', history: true },
    columns: { fills: integer(), drops: integer() },
    keys: {
      JarFilled: ({ jarId, drops }) => {
        const error = mood.cannotPlace(jarId, drops);
        if (error) throw error;
        return [jarId];
      },
    },
  }).on({
    JarOpened: () => ({}),
    JarFilled: ({ fills, drops: before }, { jarId, drops }) => {
      const error = mood.cannotRead(jarId, drops);
      if (error) throw error;
      return { fills: fills + 1, drops: before + drops };
    },
    JarSealed: () => null,
  });
  const figures = rollup(model, {
    ...{ name: `${name}-figures`, version: 1, by: { used: ({ fills }) => String(fills > 0) } },
    sums: { drops: ({ drops }) => drops },
  });
  return { mood, model, figures };
};
